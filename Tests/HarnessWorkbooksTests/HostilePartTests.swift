import Testing

@testable import HarnessWorkbooks

/// Parts that are small when packed and would take hours or gigabytes to read.
@Suite struct `Hostile parts` {
  private static func error(_ raw: RawWorkbook, limits: WorkbookLimits = .init()) -> WorkbookError?
  {
    do throws(WorkbookError) {
      _ = try Workbook(bytes: raw.checkedBytes(), name: "a.xlsx", limits: limits).sheet(at: 0)
      return nil
    } catch { return error }
  }

  @Test(arguments: ["a", "xmlns:a"])
  func `with thousands of attributes on one element are refused`(prefix: String) {
    let attributes = (0..<5_000).map { " \(prefix)\($0)=\"u\"" }.joined()
    #expect(
      Self.error(RawWorkbook(rows: "<row\(attributes)/>"))?.description
        == "a.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", line 1: "
        + "an element has more attributes than a workbook needs")
  }

  @Test func `with many attributes are refused before the element has ended`() {
    let attributes = String(repeating: " a=\"u\"", count: 200_000)
    #expect(Self.error(RawWorkbook(rows: "<row\(attributes)"))?.kind == .limitExceeded)
  }

  @Test(arguments: [("<row a=\"", "\"/>"), ("<!--", "-->"), ("<?a ", "?>")])
  func `with markup that does not end are refused`(start: String, end: String) {
    let blanks = String(repeating: ">", count: 6 << 20)
    #expect(
      Self.error(RawWorkbook(rows: start + blanks + end))?.reason
        == "a tag or a comment is longer than four times the limit `textBytes`")
  }

  @Test func `with many comments and no element between them are read`() {
    let comments = String(
      repeating: "<!-- \(String(repeating: "x", count: 100_000)) -->", count: 60)
    #expect(Self.error(RawWorkbook(rows: comments)) == nil)
  }

  @Test(
    arguments: [
      ("merged ranges", RawWorkbook.sheet(after: "<mergeCells>" + ranges + "</mergeCells>")),
      (
        "cell styles",
        RawWorkbook(styles: "<cellXfs>" + String(repeating: "<xf/>", count: 5) + "</cellXfs>")
      ),
      (
        "number formats",
        RawWorkbook(
          styles: "<numFmts>"
            + (1...5).map { "<numFmt numFmtId=\"\($0)\" formatCode=\"0\"/>" }.joined()
            + "</numFmts>")
      ),
      (
        "sheets",
        RawWorkbook().replacing("<sheets>", by: "<sheets>" + sheets, in: "xl/workbook.xml")
      ),
      (
        "defined names",
        RawWorkbook().replacing("</sheets>", by: "</sheets>" + names, in: "xl/workbook.xml")
      ),
      (
        "relationships",
        RawWorkbook().replacing(
          "<Relationship ", by: relationships + "<Relationship ", in: "xl/_rels/workbook.xml.rels")
      ),
    ])
  func `with longer lists than the limit are refused`(members: String, raw: RawWorkbook) {
    var limits = WorkbookLimits()
    limits.listItems = 4
    #expect(
      Self.error(raw, limits: limits)?.reason
        == "there are more \(members) than the limit `listItems`, 4")
  }

  @Test func `over a limit of their cells, texts, rows or bytes are refused by its name`() {
    var limits = WorkbookLimits()
    limits.stringBytes = 10
    let text = "<c t=\"str\"><v>sixsix</v></c>"
    #expect(
      Self.error(RawWorkbook(rows: "<row>\(text)\(text)</row>"), limits: limits)?.reason
        == "the texts of the sheet have more bytes than the limit `stringBytes`, 10")
    #expect(
      Self.error(
        RawWorkbook(rows: "", strings: "<si><t>sixsix</t></si><si><t>sixsix</t></si>"),
        limits: limits)?
        .reason == "the shared strings have more bytes than the limit `stringBytes`, 10")
    limits = WorkbookLimits()
    limits.cells = 2
    #expect(
      Self.error(RawWorkbook(rows: "<row>\(text)\(text)\(text)</row>"), limits: limits)?.reason
        == "the sheet has more cells than the limit `cells`, 2")
    limits = WorkbookLimits()
    limits.rows = 2
    #expect(
      Self.error(RawWorkbook(rows: "<row/><row/><row/>"), limits: limits)?.reason
        == "the sheet has more rows than the limit `rows`, 2")
    limits.smallPartBytes = 100
    #expect(
      Self.error(RawWorkbook(rows: ""), limits: limits)?.reason.hasSuffix(
        "and the limit `smallPartBytes` is 100") == true)
  }

  @Test func `that two sheets share are refused for the second`() throws {
    let raw = RawWorkbook().replacing(
      "</sheets>", by: "<sheet name=\"Twin\" sheetId=\"2\" r:id=\"a\"/></sheets>",
      in: "xl/workbook.xml")
    let workbook = try Workbook(bytes: raw.bytes(), name: "a.xlsx")
    #expect(throws: Never.self) { try workbook.sheet("Sheet1") }
    let error = #expect(throws: WorkbookError.self) { try workbook.sheet("Twin") }
    #expect(error?.reason == "its part is that of the sheet \"Sheet1\" too")
  }

  private static let ranges = String(repeating: "<mergeCell ref=\"A1:B2\"/>", count: 5)
  private static let sheets = String(repeating: "<sheet name=\"x\" r:id=\"x\"/>", count: 5)
  private static let names =
    "<definedNames>" + String(repeating: "<definedName name=\"x\"/>", count: 5)
    + "</definedNames>"
  private static let relationships = String(
    repeating: "<Relationship Id=\"x\" Type=\"x\" Target=\"x\"/>", count: 5)

  // Each was parsed again: a few kilobytes of relationships to a large part without comments took days.
  @Test func `that one sheet lists many times are read once`() throws {
    func relationship(_ type: String, _ target: String) -> String {
      "<Relationship Id=\"x\" Type=\"x/\(type)\" Target=\"../\(target)\"/>"
    }
    var raw = RawWorkbook()
    let list =
      String(repeating: relationship("comments", "comments1.xml"), count: 50_000)
      + String(repeating: relationship("table", "table1.xml"), count: 50_000)
    raw.parts.append(
      (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships xmlns=\"\(RawWorkbook.package)\">\(list)</Relationships>"
      ))
    let filler = String(repeating: "<x/>", count: 20_000)
    let comment = "<commentList><comment ref=\"A1\"><text><t>a</t></text></comment></commentList>"
    raw.parts.append(
      (
        "xl/comments1.xml",
        "<comments xmlns=\"\(RawWorkbook.main)\">\(comment)\(filler)</comments>"
      ))
    raw.parts.append(
      (
        "xl/table1.xml",
        "<table xmlns=\"\(RawWorkbook.main)\" name=\"T\" ref=\"A1:A2\">\(filler)</table>"
      ))
    let sheet = try raw.sheet()
    #expect(sheet.comments.map(\.text) == ["a"])
    #expect(sheet.tables.map(\.name) == ["T"])
  }

  @Test func `that belong to one sheet are refused for the seventeenth`() throws {
    var raw = RawWorkbook()
    let numbers = 2...20
    for number in numbers {
      raw = raw.replacing(
        "</sheets>", by: "<sheet name=\"S\(number)\" r:id=\"s\(number)\"/></sheets>",
        in: "xl/workbook.xml"
      )
      .replacing(
        "</Relationships>",
        by: "<Relationship Id=\"s\(number)\" Type=\"x/worksheet\" Target=\"s\(number).xml\"/>"
          + "</Relationships>",
        in: "xl/_rels/workbook.xml.rels")
      raw.parts.append(("xl/s\(number).xml", "<worksheet xmlns=\"\(RawWorkbook.main)\"/>"))
      raw.parts.append(
        (
          "xl/_rels/s\(number).xml.rels",
          "<Relationships xmlns=\"\(RawWorkbook.package)\">"
            + "<Relationship Id=\"a\" Type=\"x/comments\" Target=\"c.xml\"/></Relationships>"
        ))
    }
    raw.parts.append(("xl/c.xml", "<comments xmlns=\"\(RawWorkbook.main)\"/>"))
    let workbook = try Workbook(bytes: raw.bytes(), name: "a.xlsx")
    // The same sheet may be read again.
    for number in numbers.prefix(16) + [2, 2] {
      #expect(throws: Never.self) { try workbook.sheet("S\(number)") }
    }
    let error = #expect(throws: WorkbookError.self) { try workbook.sheet("S18") }
    #expect(
      error?.description == "a.xlsx, xl/c.xml, sheet \"S18\": it belongs to more than 16 sheets")
  }

  // Every row looked through all ranges, which took hours for a million rows and as many ranges as the limit allows.
  @Test(.timeLimit(.minutes(15)))
  func `with a merged range in every column over all rows are filled in time`() throws {
    let columns = 2...16_000
    let merges = columns.compactMap { column in
      CellReference(column: column, row: 2).map {
        "<mergeCell ref=\"\($0.columnLetters)2:\($0.columnLetters)1048576\"/>"
      }
    }
    let rows = (3...30_000).map { "<row r=\"\($0)\"><c><v>\($0)</v></c></row>" }
    let raw = RawWorkbook(
      sheet: "<worksheet xmlns=\"\(RawWorkbook.main)\"><sheetData>"
        + "<row r=\"1\"><c t=\"str\"><v>n</v></c><c t=\"str\"><v>m</v></c></row>"
        + "<row r=\"2\"><c><v>2</v></c><c><v>7</v></c></row>\(rows.joined())</sheetData>"
        + "<mergeCells>\(merges.joined())</mergeCells></worksheet>")
    struct Row: Decodable, Equatable { var n: Int, m: Int }
    let decoded = try raw.sheet().decode(Row.self, header: .firstRow.fillingMerged())
    #expect(decoded.count == 29_999)
    #expect(decoded.last == Row(n: 30_000, m: 7))
  }

  // Each sheet looked through all relationships, which took a quarter of an hour here.
  @Test(.timeLimit(.minutes(15)))
  func `with many sheets and relationships are read in time`() {
    let count = 100_000
    let raw = RawWorkbook()
      .replacing(
        "</sheets>",
        by: String(repeating: "<sheet name=\"x\" r:id=\"x\"/>", count: count) + "</sheets>",
        in: "xl/workbook.xml"
      )
      .replacing(
        "</Relationships>",
        by: String(repeating: "<Relationship Id=\"y\" Type=\"y\" Target=\"y\"/>", count: count)
          + "</Relationships>", in: "xl/_rels/workbook.xml.rels")
    #expect(Self.error(raw) == nil)
  }

  // Each style read the code of its format again, which took minutes here.
  @Test(.timeLimit(.minutes(15)))
  func `with a long format and many styles are read in time`() {
    let code = String(repeating: "0", count: 200_000)
    let raw = RawWorkbook(
      styles: "<numFmts><numFmt numFmtId=\"164\" formatCode=\"\(code)\"/></numFmts><cellXfs>"
        + String(repeating: "<xf numFmtId=\"164\"/>", count: 10_000) + "</cellXfs>")
    #expect(Self.error(raw) == nil)
  }
}

extension RawWorkbook {
  fileprivate static func sheet(after: String) -> RawWorkbook {
    RawWorkbook(sheet: "<worksheet xmlns=\"\(main)\"><sheetData/>\(after)</worksheet>")
  }

  fileprivate func replacing(_ text: String, by other: String, in part: String) -> RawWorkbook {
    var raw = self
    raw[part] = raw[part].replacing(text, with: other, maxReplacements: 1)
    return raw
  }

  /// The bytes, with the error that the writer of archives throws.
  fileprivate func checkedBytes() throws(WorkbookError) -> [UInt8] {
    var archive = ZipWriter(.none)
    for part in parts { try archive.add(part.name, Array(part.xml.utf8)) }
    return try archive.finish()
  }
}

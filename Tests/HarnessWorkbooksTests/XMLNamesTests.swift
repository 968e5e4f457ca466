import Testing

@testable import HarnessWorkbooks

/// XML whose many names and namespaces cost libxml2 minutes.
@Suite struct `Names in the XML of a part` {
  private static let part = "xl/worksheets/sheet1.xml"

  /// Why a workbook whose sheet has this XML behind its data is refused; nil where it is read.
  private static func error(
    _ xml: String, before: String = "", limits: WorkbookLimits = .init()
  ) -> WorkbookError? {
    let raw = RawWorkbook(
      sheet: "<worksheet xmlns=\"\(RawWorkbook.main)\">\(before)<sheetData/>\(xml)</worksheet>")
    return refusal { try Workbook(bytes: raw.bytes(), name: "a.xlsx", limits: limits).sheet(at: 0) }
  }

  private static func refusal(_ body: () throws -> Sheet) -> WorkbookError? {
    do { _ = try body() } catch { return error as? WorkbookError }
    return nil
  }

  private static func many(_ piece: String, _ count: Int) -> String {
    (0..<count).map { piece.replacing("#", with: "\($0)") }.joined()
  }

  // Half a million took six seconds, and thirty million hours.
  @Test(
    arguments: ["<a#/>", "<a a#=''/>", "<?a#?>", "<a xmlns='u#'/>", "<a xmlns:a#='u'/>"])
  func `more than the limit are refused by its name and the line`(piece: String) {
    #expect(
      Self.error("<extLst>\n\(Self.many(piece, 20_000))</extLst>")?.description
        == "a.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", line 2: "
        + "its XML has more different names and namespaces than the limit `xmlNames`, 10000")
  }

  @Test func `are refused in every part`() throws {
    let names = Self.many("<a#/>", 20_000)
    for (strings, styles) in [(names, nil), (nil, names)] {
      let raw = RawWorkbook(strings: strings, styles: styles)
      let error = Self.refusal { try Workbook(bytes: raw.bytes()).sheet(at: 0) }
      #expect(error?.kind == .limitExceeded)
      #expect(error?.part == (strings == nil ? "xl/styles.xml" : "xl/sharedStrings.xml"))
    }
  }

  @Test func `up to the limit are read`() {
    #expect(Self.error("<extLst>\(Self.many("<a#/>", 9_900))</extLst>") == nil)
    // The same name costs nothing.
    #expect(Self.error("<extLst>\(Self.many("<a x='#'/>", 50_000))</extLst>") == nil)
  }

  @Test(
    arguments: [
      (50, 200, true), (50, 210, false), (30, 210, true), (1, 254, true), (1, 255, false),
    ])
  func `that the scanner sees count as those that libxml2 sees`(
    scanned: Int, others: Int, isRead: Bool
  ) throws {
    // Each name on a row of its own, as attributes that no reader asks for.
    let rows = Self.many("<row a#='1'/>", scanned)
    let raw = RawWorkbook(
      sheet: "<worksheet xmlns=\"\(RawWorkbook.main)\"><sheetData>\(rows)</sheetData><extLst>"
        + "\(Self.many("<b#/>", others))</extLst></worksheet>")
    var limits = WorkbookLimits()
    limits.xmlNames = 260
    let archive = try ZipArchive(raw.bytes(), limits: limits)
    let entry = try #require(archive.entry(Self.part))
    let outcomes = [true, false].map { usesScanner in
      do throws(WorkbookError) {
        let reading = try SheetReading(
          entry, of: archive, stringCount: 0, styleCount: 0, limits: limits,
          usesScanner: usesScanner)
        while try reading.nextBatch() != nil {}
        return "read"
      } catch { return "\(error)" }
    }
    #expect(outcomes[0] == outcomes[1])
    #expect((outcomes[0] == "read") == isRead)
  }

  // 58 levels of 250 namespaces: each element in them, of millions, was looked for among all.
  @Test func `of namespaces in scope beyond the limit are refused by its name`() {
    let levels = (0..<58).map { level in
      "<x:a xmlns:x='u'\((0..<250).map { " xmlns:n\(level * 250 + $0)='u'" }.joined())>"
    }
    let leaves = String(repeating: "<c/>", count: 1_000)
    #expect(
      Self.error(levels.joined() + leaves)?.reason
        == "an element is in more namespaces than the limit `namespaces`, 100")
  }

  @Test func `of namespaces that are in scope one after the other are read`() {
    let declared = (0..<90).map { " xmlns:n\($0)='u'" }.joined()
    let one = "<a\(declared)><b xmlns:m='u'/></a>"
    #expect(Self.error("<extLst>\(String(repeating: one, count: 500))</extLst>") == nil)
    var limits = WorkbookLimits()
    limits.namespaces = 92
    #expect(Self.error("<extLst>\(one)</extLst>", limits: limits) == nil)
    limits.namespaces = 91
    #expect(Self.error("<extLst>\(one)</extLst>", limits: limits)?.kind == .limitExceeded)
  }

  @Test func `and depths below zero in limits are zero, and read nothing`() {
    var limits = WorkbookLimits()
    limits.depth = -1
    #expect(Self.error("", limits: limits)?.reason.contains("the limit `depth`") == true)
    limits = WorkbookLimits()
    limits.xmlNames = -1
    #expect(Self.error("", limits: limits)?.reason.hasSuffix("`xmlNames`, 0") == true)
    limits = WorkbookLimits()
    limits.namespaces = -5
    #expect(Self.error("", limits: limits)?.reason.hasSuffix("`namespaces`, 0") == true)
    limits.textBytes = .min
    limits.fileBytes = -1
    #expect(limits.textBytes == 0)
    #expect(limits.fileBytes == 0)
  }
}

import HarnessWorkbooks
import Testing

@Suite struct `The package of a workbook` {
  private static let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
  private static let strings = "<si><t>found</t></si>"
  private static let strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main"
  private static let strictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships"

  @Test(arguments: [
    "/xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml",
    "worksheets\\sheet1.xml", "WORKSHEETS/Sheet1.XML",
  ])
  func `finds parts by any form of their targets`(target: String) throws {
    var raw = RawWorkbook(rows: Self.row, strings: Self.strings)
    raw["xl/_rels/workbook.xml.rels"] = raw["xl/_rels/workbook.xml.rels"].replacing(
      "worksheets/sheet1.xml", with: target)
    #expect(try raw.sheet()["A1"].text == "found")
  }

  @Test(arguments: [
    "XL/Worksheets/SHEET1.xml", "xl\\worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml",
  ])
  func `finds parts by any form of their names`(name: String) throws {
    var raw = RawWorkbook(rows: Self.row, strings: Self.strings)
    raw.rename("xl/worksheets/sheet1.xml", to: name)
    #expect(try raw.sheet()["A1"].text == "found")
  }

  @Test func `may be of the strict form`() throws {
    var raw = RawWorkbook(rows: Self.row, strings: Self.strings)
    for index in raw.parts.indices {
      raw.parts[index].xml = raw.parts[index].xml
        .replacing(RawWorkbook.main, with: Self.strictMain)
        .replacing(RawWorkbook.relationships, with: Self.strictRelationships)
    }
    #expect(try raw.sheet()["A1"].text == "found")
  }

  @Test func `may use any prefix`() throws {
    let raw = RawWorkbook(
      sheet:
        "<q:worksheet xmlns:q=\"\(RawWorkbook.main)\"><q:sheetData><q:row><q:c><q:v>1</q:v></q:c></q:row></q:sheetData></q:worksheet>"
    )
    #expect(try raw.sheet()["A1"].number == 1)
  }

  @Test func `may be in UTF-16`() throws {
    var raw = RawWorkbook(rows: "<row><c t=\"str\"><v>é</v></c></row>")
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + raw["xl/worksheets/sheet1.xml"]
    raw.parts.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
    let units = [0xFEFF] + Array(xml.utf16)
    let bytes = try raw.bytes(
      adding: "xl/worksheets/sheet1.xml", units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    #expect(try Workbook(bytes: bytes).sheet("Sheet1")["A1"].text == "é")
  }

  @Test func `may be in ISO-8859-1`() throws {
    var raw = RawWorkbook(rows: "<row><c t=\"str\"><v>é</v></c></row>")
    let xml = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + raw["xl/worksheets/sheet1.xml"]
    raw.parts.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
    let bytes = try raw.bytes(
      adding: "xl/worksheets/sheet1.xml", xml.unicodeScalars.map { UInt8($0.value) })
    #expect(try Workbook(bytes: bytes).sheet("Sheet1")["A1"].text == "é")
  }

  @Test func `leaves out extensions and takes the fallback of alternate content`() throws {
    let compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    let raw = RawWorkbook(
      sheet: """
        <worksheet xmlns="\(RawWorkbook.main)" xmlns:mc="\(compatibility)" xmlns:x="urn:x">\
        <sheetData><row><mc:AlternateContent><mc:Choice Requires="x"><c r="A1"><v>1</v></c></mc:Choice>\
        <mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback></mc:AlternateContent>\
        <x:c r="B1"><v>3</v></x:c></row></sheetData></worksheet>
        """)
    let sheet = try raw.sheet()
    #expect(sheet.rows.flatMap { $0 }.map(\.rawText) == ["2"])
  }

  @Test(arguments: [65_536, 65_537])
  func `has no more styles than a cell can name`(count: Int) throws {
    let styles = String(repeating: "<xf numFmtId=\"14\"/>", count: count)
    let raw = RawWorkbook(
      rows: "<row><c s=\"65535\"><v>45832</v></c></row>", styles: "<cellXfs>\(styles)</cellXfs>")
    if count == 65_536 {
      #expect(try raw.sheet()["A1"].date == SheetDate("2025-06-24"))
    } else {
      let error = #expect(throws: WorkbookError.self) { try raw.sheet() }
      #expect(error?.kind == .limitExceeded)
    }
  }

  @Test func `has no cells in what other applications have added`() throws {
    let added = "<extLst><ext uri=\"u\"><row r=\"9\"><c r=\"Z9\"><v>7</v></c></row></ext></extLst>"
    let raw = RawWorkbook(
      sheet: """
        <worksheet xmlns="\(RawWorkbook.main)"><sheetData><row r="1"><c r="A1"><v>1</v>\(added)</c>\
        <c r="B1"><v>2</v></c></row></sheetData>\(added)</worksheet>
        """)
    let cells = try raw.sheet().rows.flatMap { $0 }
    #expect(cells.map { "\($0.reference) \($0.rawText)" } == ["A1 1", "B1 2"])
  }

  @Test(arguments: ["../../../etc/passwd", "http://h/sheet.xml\" TargetMode=\"External"])
  func `has no sheet outside of the archive`(target: String) throws {
    var raw = RawWorkbook(rows: "<row><c><v>1</v></c></row>")
    raw["xl/_rels/workbook.xml.rels"] = raw["xl/_rels/workbook.xml.rels"]
      .replacing("worksheets/sheet1.xml", with: target)
    let error = #expect(throws: WorkbookError.self) { try raw.sheet() }
    #expect(error?.kind == .missingPart)
    #expect(
      "\(error, default: "")".contains("its relationship is missing, or leads out of the archive"))
  }

  @Test func `may have lost the shared strings that nothing uses`() throws {
    #expect(try RawWorkbook(rows: "<row><c><v>1</v></c></row>").sheet()["A1"].number == 1)
    let error = #expect(throws: WorkbookError.self) {
      try RawWorkbook(rows: "<row><c t=\"s\"><v>0</v></c></row>").sheet()
    }
    #expect(
      error?.cells.map { "\($0.reference) \($0.wanted)" } == ["A1 one of the 0 shared strings"])
  }

  @Test func `may lie about the dimension`() throws {
    let raw = RawWorkbook(
      sheet:
        "<worksheet xmlns=\"\(RawWorkbook.main)\"><dimension ref=\"junk\"/><sheetData><row r=\"9\"><c r=\"C9\"><v>1</v></c></row></sheetData></worksheet>"
    )
    #expect(try raw.sheet().usedRange?.description == "C9")
  }

  @Test func `says where a part is missing`() throws {
    var raw = RawWorkbook()
    raw.rename("xl/worksheets/sheet1.xml", to: "elsewhere.xml")
    let error = #expect(throws: WorkbookError.self) { try raw.sheet() }
    #expect(error?.kind == .missingPart)
    #expect(
      error?.description
        == "raw.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\": its part is missing from the archive"
    )
  }

  @Test func `gives names to cells`() throws {
    var raw = RawWorkbook()
    raw["xl/workbook.xml"] = raw["xl/workbook.xml"].replacing(
      "</sheets>",
      with:
        "</sheets><definedNames><definedName name=\"All\">Sheet1!$A$1</definedName><definedName name=\"Print_Area\" localSheetId=\"0\">Sheet1!$A$1:$B$2</definedName></definedNames>"
    )
    let names = try Workbook(bytes: raw.bytes()).definedNames
    #expect(names.map(\.name) == ["All", "Print_Area"])
    #expect(names.map(\.formula) == ["Sheet1!$A$1", "Sheet1!$A$1:$B$2"])
    #expect(names.map(\.sheet) == [nil, "Sheet1"])
  }
}

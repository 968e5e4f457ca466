import Testing

@testable import HarnessWorkbooks

/// Rows, cells and values that stand where the schema has none: readers differ on what they mean.
@Suite struct `Sheet data against the schema` {
  private static func error(_ raw: RawWorkbook, usesScanner: Bool) throws -> WorkbookError? {
    let archive = try ZipArchive(raw.bytes(), limits: WorkbookLimits())
    let entry = try #require(archive.entry("xl/worksheets/sheet1.xml"))
    do throws(WorkbookError) {
      let reading = try SheetReading(
        entry, of: archive, stringCount: 0, styleCount: 0, limits: WorkbookLimits(),
        usesScanner: usesScanner)
      while try reading.nextBatch() != nil {}
      return nil
    } catch { return error }
  }

  @Test(
    arguments: [
      ("<row r='2'><c r='B2'><v>1</v><v>2</v></c></row>", "B2", "the cell has two `v`"),
      ("<row r='2'><c r='B2'><f>1</f><v>2</v><f>1</f></c></row>", "B2", "the cell has two `f`"),
      (
        "<row><c r='B1' t='inlineStr'><is><t>a</t></is><is><t>b</t></is></c></row>", "B1",
        "the cell has two `is`"
      ),
      (
        "<row><c r='A1'><c r='C1'><v>2</v></c><v>1</v></c></row>", "C1",
        "a `c` stands elsewhere than directly in a `row`"
      ),
      (
        "<c r='A1'><v>1</v></c>", "A1", "a `c` stands elsewhere than directly in a `row`"
      ),
      (
        "<row><row r='2'><c r='A2'><v>1</v></c></row></row>", nil,
        "a `row` stands elsewhere than directly in a `sheetData`"
      ),
      (
        "<row><x><c r='A1'><v>1</v></c></x></row>", "A1",
        "a `c` stands elsewhere than directly in a `row`"
      ),
      ("<row><v>1</v></row>", nil, "a `v` stands elsewhere than directly in a `c`"),
      (
        "<row><c r='D1' t='inlineStr'><is><t>a</t><v>1</v></is></c></row>", "D1",
        "a `v` stands elsewhere than directly in a `c`"
      ),
      (
        "</sheetData><sheetData><row r='1'/>", nil, "it has two `sheetData`"
      ),
      (
        "</sheetData><row r='1'/><sheetData>", nil,
        "a `row` stands elsewhere than directly in a `sheetData`"
      ),
      (
        "</sheetData><c r='B1'><v>666</v></c><sheetData>", "B1",
        "a `c` stands elsewhere than directly in a `row`"
      ),
      (
        "<row><sheetData/></row>", nil,
        "a `sheetData` stands elsewhere than directly in a `worksheet`"
      ),
    ] as [(String, String?, String)])
  func `is refused with its place, in both ways of reading it`(
    rows: String, cell: String?, reason: String
  ) throws {
    for usesScanner in [true, false] {
      let error = try Self.error(RawWorkbook(rows: rows), usesScanner: usesScanner)
      #expect(error?.kind == .damagedPart)
      #expect(error?.reason == reason)
      #expect(error?.cell?.description == cell)
    }
  }

  @Test func `is refused with the sheet and the cell`() {
    let raw = RawWorkbook(rows: "<row r='2'><c r='B2'><v>1</v><v>2</v></c></row>")
    let error = #expect(throws: WorkbookError.self) { try raw.sheet() }
    #expect(
      error?.description
        == "raw.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", cell B2: the cell has two `v`")
  }

  @Test(arguments: [
    "<row><mc:AlternateContent><mc:Fallback><c r='A1'><v>1</v></c></mc:Fallback></mc:AlternateContent></row>",
    "<mc:AlternateContent><mc:Fallback><row><c r='A1'><v>1</v></c></row></mc:Fallback></mc:AlternateContent>",
    "<row><c r='A1'><mc:AlternateContent><mc:Choice><v>2</v></mc:Choice><mc:Fallback><v>1</v></mc:Fallback></mc:AlternateContent></c></row>",
    "<row><c r='A1'><v>1</v><extLst><ext><v>2</v><c/></ext></extLst></c><extLst><c r='A1'><v>2</v></c></extLst></row>",
    "<row><c r='A1'><y:c xmlns:y='urn:y'><v>2</v></y:c><v>1</v></c></row>",
  ])
  func `is read where the schema has it`(rows: String) throws {
    let raw = RawWorkbook(
      sheet: "<worksheet xmlns=\"\(RawWorkbook.main)\" "
        + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
        + "<sheetData>\(rows)</sheetData></worksheet>")
    #expect(try raw.sheet()["A1"].value == .number(1))
  }

  @Test(arguments: [
    ("<si><t>a</t></si><si><t>b</t><si><t>c</t></si></si>", 1),
    ("<x><si><t>a</t></si></x>", 0),
  ])
  func `and shared strings in each other are refused`(strings: String, before: Int) throws {
    let error = #expect(throws: WorkbookError.self) {
      try Workbook(bytes: RawWorkbook(strings: strings).bytes())
    }
    #expect(
      error?.description
        == "workbook, xl/sharedStrings.xml: an `si` stands in another element than `sst`, "
        + "behind \(before) shared strings")
  }
}

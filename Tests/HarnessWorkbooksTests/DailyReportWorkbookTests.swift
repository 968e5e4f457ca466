import HarnessWorkbooks
import Testing

/// The three sample workbooks of `testdata/isx`, cell by cell where they are unusual.
@Suite struct `The sample daily reports` {
  @Test func `list their sheets, hidden ones included`() throws {
    let workbook = try Workbook(path: TestFile.path("isx/2025 06 22 ISX Daily Report.xlsx"))
    #expect(workbook.sheets.map(\.name) == ["Bullient  ", "Indices", "Non Traded"])
    #expect(workbook.sheets.map(\.visibility) == [.visible, .visible, .hidden])
    #expect(workbook.epoch == .year1900)
  }

  @Test func `keep the date without a time zone`() throws {
    let workbook = try Workbook(path: TestFile.path("isx/2025 06 24 ISX Daily Report.xlsx"))
    let sheet = try workbook.sheet("Bullient")
    #expect(sheet.name == "Bullient  ")
    let date = try sheet["B2"]
    #expect(date.date == SheetDate(year: 2025, month: 6, day: 24))
    #expect(date.rawText == "45832")
    #expect(date.formatCode == "yyyy/mm/dd")
  }

  @Test func `give formulas with their cached values`() throws {
    let workbook = try Workbook(path: TestFile.path("isx/2025 06 22 ISX Daily Report.xlsx"))
    let total = try workbook.sheet("Bullient  ")["M15"]
    #expect(total.formula?.text == "SUM(M6:M14)")
    #expect(total.number == 31_906_445_420.149994)
    #expect(total.rawText == "31906445420.149994")
  }

  @Test func `tell merged sector titles`() throws {
    let sheet = try Workbook(path: TestFile.path("isx/2025 06 22 ISX Daily Report.xlsx"))
      .sheet(at: 0)
    #expect(sheet.merges.map(\.description).prefix(3) == ["A1:M1", "A5:M5", "A16:M16"])
    #expect(try sheet["A5"].text == "Banking Sector")
    #expect(try sheet["B5"].value == .empty)
    #expect(sheet.usedRange?.description == "A1:M45")
  }

  @Test func `keep numbers that are text as text`() throws {
    let sheet = try Workbook(path: TestFile.path("isx/2025 06 23 ISX Daily Report.xlsx"))
      .sheet("Bulletin")
    #expect(try sheet["L6"].value == .text("651,549,404"))
    #expect(try sheet["A6"].value == .text("Bank of Baghdad  "))
    #expect(sheet.merges.isEmpty)
  }

  @Test func `name the sheets there are when one is missing`() throws {
    let workbook = try Workbook(path: TestFile.path("isx/2025 06 22 ISX Daily Report.xlsx"))
    let error = #expect(throws: WorkbookError.self) { try workbook.sheet("Bulletin") }
    #expect(error?.kind == .missingSheet)
    #expect(
      error?.description
        == "2025 06 22 ISX Daily Report.xlsx: there is no sheet \"Bulletin\"; the workbook has \"Bullient  \", \"Indices\", \"Non Traded\""
    )
  }
}

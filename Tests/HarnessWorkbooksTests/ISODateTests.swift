import HarnessWorkbooks
import Testing

/// Cells of the type `d`, whose days and times are written out.
@Suite struct `Dates written out` {
  private static func cell(_ text: String) throws -> Cell {
    try RawWorkbook(rows: "<row><c r=\"A1\" t=\"d\"><v>\(text)</v></c></row>").sheet()["A1"]
  }

  // The forms of ECMA-376, part 1, section 18.17.4, of XML Schema and of openpyxl, which reads durations.
  @Test(arguments: [
    ("2025-06-24", "2025-06-24"), (" 2025-06-24\n", "2025-06-24"),
    ("2025-06-24T13:45:22", "2025-06-24T13:45:22"), ("2025-06-24T13:45", "2025-06-24T13:45:00"),
    ("2025-06-24T13:45:22Z", "2025-06-24T13:45:22"), ("1976-11-22T08:30Z", "1976-11-22T08:30:00"),
    ("2025-06-24T13:45:22+00:00", "2025-06-24T13:45:22"), ("2025-06-24Z", "2025-06-24"),
    ("2025-06-24T13:45:22.125", "2025-06-24T13:45:22.125"),
    ("2025-06-24T13:45:22.1239999", "2025-06-24T13:45:22.124"),
    ("2025-06-24T24:00", "2025-06-25"), ("2024-12-31T24:00:00.000Z", "2025-01-01"),
    ("2024-02-28T24:00", "2024-02-29"), ("1900-02-29", "1900-02-29"),
    ("1900-02-29T24:00", "1900-03-01"), ("13:45:22", "13:45:22"), ("T13:45", "13:45:00"),
    ("13:45:22Z", "13:45:22"), ("24:00", "00:00:00"), ("PT1H30M", "1:30:00"),
    ("P1DT2H", "26:00:00"), ("PT36H", "36:00:00"), ("PT0.125S", "0:00:00.125"),
    ("-PT90M", "-1:30:00"), ("P2D", "48:00:00"), ("PT0S", "0:00:00"),
  ])
  func `are days, times and durations`(text: String, shown: String) throws {
    let cell = try Self.cell(text)
    #expect("\(cell.value)" == shown)
    #expect(cell.text == nil)
  }

  @Test(arguments: [
    "2025-02-30", "0000-00-00", "10000-01-01", "hello", "2025-06-24 13:45", "20250624", "2025-W26",
    "2025-06-24T", "T", "Z", "2025-06-24T24:01", "2025-06-24T25:00", "24:00:01", "9999-12-31T24:00",
    "P", "PT", "P1DT", "P1Y", "P1M", "PT1H1H", "PT1M1H", "PT1.5H", "P1H", "PT1D", "PTS", "PT1.S",
    "PT.5S", "P-1D", "--PT1H", "P99999999999999999999D", "-2025-06-24",
  ])
  func `that are none are refused with their place`(text: String) {
    let error = #expect(throws: WorkbookError.self) { try Self.cell(text) }
    #expect(error?.kind == .damagedCell)
    #expect(
      error?.description
        == "raw.xlsx, xl/worksheets/sheet1.xml, sheet \"Sheet1\", cell A1: "
        + "\"\(text)\" is not a day, a time or a duration of ISO 8601")
  }

  @Test func `of a million digits are refused unread`() {
    let text = "P" + String(repeating: "9", count: 900_000) + "D"
    let error = #expect(throws: WorkbookError.self) { try Self.cell(text) }
    #expect(error?.kind == .damagedCell)
  }

  @Test(arguments: ["2025-06-24T13:45:22+03:00", "2025-06-24T13:45-05:00", "13:45:22+01:00"])
  func `in a time zone are refused rather than moved or cut`(text: String) {
    let error = #expect(throws: WorkbookError.self) { try Self.cell(text) }
    #expect(
      error?.reason
        == "\"\(text)\" is not a day, a time or a duration of ISO 8601 "
        + "(it is in a time zone, and a cell has none)")
  }

  @Test func `keep what the file has as their raw text`() throws {
    #expect(try Self.cell("2025-06-24T13:45:22Z").rawText == "2025-06-24T13:45:22Z")
  }
}

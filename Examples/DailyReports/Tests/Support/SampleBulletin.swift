public import TestHarness

/// The bulletins in `testdata/isx`.
public enum SampleBulletin: String, CaseIterable, Sendable {
  /// Merged sector rows, totals as formulas, a sheet called `Bullient  `.
  case june22 = "2025 06 22 ISX Daily Report.xlsx"
  /// Numbers as text with thousands commas, a header in mixed case.
  case june23 = "2025 06 23 ISX Daily Report.xlsx"
  /// As that of 22 June.
  case june24 = "2025 06 24 ISX Daily Report.xlsx"

  /// The name of the workbook.
  public var fileName: String { rawValue }

  /// The workbook.
  public var workbook: FilePart.Content { .fixture("isx/\(fileName)") }
}

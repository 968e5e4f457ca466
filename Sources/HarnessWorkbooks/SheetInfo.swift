/// What a workbook lists about a sheet, before the sheet is read.
public struct SheetInfo: Sendable, Hashable {
  /// What a sheet is.
  ///
  /// Source: ECMA-376, part 1, section 12.3, and for macros MS-OFFMACRO2.
  public enum Kind: Sendable, Hashable {
    /// It has cells.
    case worksheet
    /// It is a chart.
    case chart
    /// It is a dialog of Excel 5.
    case dialog
    /// It has macros of Excel 4.
    case macro
  }

  /// The name, with any blanks around it.
  public let name: String
  /// Whether a user sees the sheet.
  public let visibility: SheetVisibility
  /// What it is: only a worksheet can be read.
  public let kind: Kind
  /// The part that holds the sheet; nil when the workbook does not say.
  let part: String?
  /// The sheet before this one that has the same part.
  let twin: String?

  /// Whether it has cells.
  public var isWorksheet: Bool { kind == .worksheet }
}

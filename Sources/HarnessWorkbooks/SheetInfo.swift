/// What a workbook lists about a sheet, before the sheet is read.
public struct SheetInfo: Sendable, Hashable {
  /// The name, with any blanks around it.
  public let name: String
  /// Whether a user sees the sheet.
  public let visibility: SheetVisibility
  /// Whether it has cells: a chart or a dialog has none and cannot be read as a sheet.
  public let isWorksheet: Bool
  /// The part that holds the sheet; nil when the workbook does not say.
  let part: String?
}

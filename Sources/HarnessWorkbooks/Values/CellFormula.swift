/// The formula of a cell.
public struct CellFormula: Sendable, Hashable {
  /// The formula without `=`, as the file has it.
  public let text: String
  /// The cell that the formula is shared from, when the file stores it there alone.
  ///
  /// `text` is then the formula of that cell, with its references not yet moved to this one;
  /// ``Cell/expandedFormula`` has them moved.
  public let sharedFrom: CellReference?
}

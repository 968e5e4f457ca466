/// A rectangle of cells, given by its first and its last cell.
public struct CellRange: Sendable, Hashable {
  /// The cell at the top left.
  public let first: CellReference
  /// The cell at the bottom right.
  public let last: CellReference

  /// The smallest range that holds both cells, whichever corner they are.
  public init(_ one: CellReference, _ other: CellReference) {
    first = CellReference(
      checkedColumn: min(one.column, other.column), row: min(one.row, other.row))
    last = CellReference(
      checkedColumn: max(one.column, other.column), row: max(one.row, other.row))
  }

  /// A range in A1 notation, such as `A1:M1`, or a single cell; nil when `text` is neither.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let one = CellReference(parts[0]),
      let other = CellReference(parts[parts.count - 1])
    else { return nil }
    self.init(one, other)
  }

  /// Whether the cell lies in the range.
  public func contains(_ reference: CellReference) -> Bool {
    first.column...last.column ~= reference.column && first.row...last.row ~= reference.row
  }
}

extension CellRange: CustomStringConvertible {
  /// The range in A1 notation; a single cell stands alone.
  public var description: String { first == last ? "\(first)" : "\(first):\(last)" }
}

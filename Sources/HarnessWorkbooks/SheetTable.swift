/// A table of a sheet: a range with a name and named columns.
public struct SheetTable: Sendable, Hashable {
  /// The name that formulas use.
  public let name: String
  /// All of its cells, with the header and the totals.
  public let range: CellRange
  /// The names of the columns, from left to right.
  public let columns: [String]
  /// How many rows at its top are the header: 1, or 0 where it is hidden.
  public let headerRows: Int
  /// How many rows at its bottom are totals: 0 or 1.
  public let totalsRows: Int
}

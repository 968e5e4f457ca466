/// What a row below the header is.
public enum RowRole: Sendable, Hashable {
  /// A row of the table.
  case data
  /// A title: the rows after it belong to it.
  case section(String)
  /// Something else, such as a total; it is kept among ``DecodedRows/skipped``.
  case skip
  /// The table ends before this row.
  case stop
}

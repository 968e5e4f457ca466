/// A link that cells have.
public struct Hyperlink: Sendable, Hashable {
  /// The cells with the link.
  public let range: CellRange
  /// Where it leads: a URL or a file, with `#` and a place in it where there is one; a place in the workbook
  /// itself begins with `#`, such as `#Sheet1!A2`.
  public let target: String
  /// What shows when the pointer rests on the link.
  public let tooltip: String?
}

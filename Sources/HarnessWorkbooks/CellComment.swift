/// A comment on a cell, as a note of one author.
public struct CellComment: Sendable, Hashable {
  /// The cell.
  public let reference: CellReference
  /// Who wrote it; nil when the file does not say.
  public let author: String?
  /// The text, with rich runs joined.
  ///
  /// Excel begins it with the author's name.
  public let text: String
}

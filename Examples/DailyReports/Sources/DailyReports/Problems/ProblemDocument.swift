/// What a client is told when something went wrong: the members of an RFC 9457 problem document.
public struct ProblemDocument: Sendable, Equatable, Encodable {
  /// One cell of a workbook that does not hold what the bulletin needs there.
  public struct CellError: Sendable, Equatable, Encodable {
    /// What is wrong with the cell.
    public var detail: String
    /// The cell, as a JSON Pointer of sheet name and cell name in a URI fragment: `#/Bulletin/G12`.
    public var pointer: String
  }

  /// The kind of problem, as an absolute URI.
  public var type: String
  /// The kind of problem in words, the same every time.
  public var title: String
  /// The HTTP status that goes with it.
  public var status: Int
  /// What happened this time, and what the client can do about it.
  public var detail: String
  /// The cells that were refused; only with a problem about cells.
  public var errors: [CellError]?
}

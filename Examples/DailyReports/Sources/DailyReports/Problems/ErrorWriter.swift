public import Hummingbird

/// Turns a problem into the response that the client gets.
public protocol ErrorWriter: Sendable {
  /// The response that tells a client of a problem.
  func response(to problem: ProblemDocument) throws -> Response
}

/// Writes problems as `application/problem+json`.
///
/// Source: RFC 9457, section 3.
public struct ProblemWriter: ErrorWriter {
  /// Makes the writer.
  public init() {}

  public func response(to problem: ProblemDocument) throws -> Response {
    try Response.json(
      problem, status: .init(code: problem.status), mediaType: "application/problem+json")
  }
}

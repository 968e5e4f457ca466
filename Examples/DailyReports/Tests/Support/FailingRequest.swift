public import TestHarness

/// A request that fails, and the problem that explains it.
public struct FailingRequest: Sendable, CustomStringConvertible {
  public let method: HTTPRequest.Method
  public let path: String
  public let body: HTTPBody
  public let status: HTTPResponse.Status
  public let type: String

  private init(
    _ method: HTTPRequest.Method, _ path: String, body: HTTPBody = .empty,
    _ status: HTTPResponse.Status, _ type: String
  ) {
    self.method = method
    self.path = path
    self.body = body
    self.status = status
    self.type = "https://example.com/problems/\(type)"
  }

  /// The request and the problem.
  public var description: String { "\(method) \(path): \(type)" }

  /// One of each kind that needs no report and no operation.
  public static let all = [
    FailingRequest(.get, "/nothing/here", .notFound, "unknown-path"),
    FailingRequest(.get, "/api/v1/reports/unknown", .notFound, "unknown-report"),
    FailingRequest(.delete, "/api/v1/reports/unknown", .notFound, "unknown-report"),
    FailingRequest(.get, "/ws/operations/unknown", .notFound, "unknown-operation"),
    FailingRequest(.put, "/api/v1/reports", .methodNotAllowed, "method-not-allowed"),
    FailingRequest(
      .post, "/api/v1/upload", body: .json(["file": "daily.xlsx"]), .unsupportedMediaType,
      "wrong-media-type"),
    FailingRequest(
      .post, "/api/v1/upload", body: .multipart { FieldPart("note", "no file") }, .badRequest,
      "malformed-upload"),
    FailingRequest(
      .post, "/api/v1/upload",
      body: .multipart {
        FilePart("file", .text("one"))
        FilePart("file", .text("two"))
      }, .badRequest, "malformed-upload"),
    FailingRequest(
      .post, "/api/v1/upload",
      body: .multipart {
        FilePart("file", .bytes([UInt8](repeating: 0, count: 10 * 1024 * 1024 + 1)))
      }, .contentTooLarge, "too-large"),
    // The length alone says so, and the service answers before it has read the rest.
    FailingRequest(
      .post, "/api/v1/upload",
      body: .multipart { FilePart("file", .bytes([UInt8](repeating: 0, count: 16 * 1024 * 1024))) },
      .contentTooLarge, "too-large"),
  ]
}

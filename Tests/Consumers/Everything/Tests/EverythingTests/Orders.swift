import Dispatch
import TestHarness

/// The service of the README's suite.
@Sendable func orders(_ request: HTTPRequest, _ body: HTTPBody) async throws -> HTTPReply {
  guard request.method == .post else {
    let problem: JSONValue = [
      "type": "https://example.com/problems/unknown-order", "title": "Unknown order",
      "status": 404, "detail": "There is no order 17.",
    ]
    return HTTPReply(.notFound, .json(problem, contentType: "application/problem+json"))
  }
  return HTTPReply(.created, .json(try JSONValue(parsing: try await body.bytes())))
}

/// Calls back from a thread of its own, as real libraries do.
func ship(order: Int, _ done: @escaping @Sendable (Int) -> Void) {
  DispatchQueue.global().async { done(order) }
}

import ProblemJSON
import Testing

/// The code of the articles, as it stands there; that on an exchange is compiled with `HTTPDriver`.
@Suite struct `The articles on problems` {
  private static func response(_ status: Int, _ body: String) -> ProblemContext {
    ProblemContext(
      status: status, contentType: "application/problem+json", body: Array(body.utf8))
  }

  /// The landing page.
  @Test func `begin with what is used most`() throws {
    let bytes = Array(
      #"{"type":"https://example.com/problems/unknown-report","title":"Unknown report","detail":"No r-9"}"#
        .utf8)
    let response = ProblemContext(
      status: 404, contentType: "application/problem+json", body: bytes)

    try expectProblem(
      response, status: 404, type: "https://example.com/problems/unknown-report"
    ) {
      $0.title("Unknown report")
      $0.detail(mentions: "r-9")
    }
  }

  /// "Checking problem responses".
  @Test func `declare the types of a service`() throws {
    let types = ProblemTypes(
      [
        ProblemType(
          "https://example.com/problems/out-of-credit", title: "You are out of credit.",
          statuses: [403], members: ["balance"]),
        ProblemType("https://example.com/problems/busy", statuses: [503], needsRetryAfter: true),
      ],
      documentedBelow: ["https://example.com/problems/"])
    var response = Self.response(
      403, #"{"type":"https://example.com/problems/out-of-credit","title":"No credit."}"#)
    response.types = types
    #expect(ProblemVerdict(checking: response).findings.count == 2)
  }

  @Test func `expect validation errors and allow what may be told`() throws {
    var response = Self.response(
      422,
      """
      {"type":"https://example.com/problems/invalid","debug":"/home/app/Store.swift",
       "errors":[{"pointer":"#/items/0/name","detail":"must not be empty"}]}
      """)
    response.request = .init(
      method: "POST", target: "/", body: Array(#"{"items":[{"name":""}]}"#.utf8))
    try expectProblem(response, status: 422, type: "https://example.com/problems/invalid") {
      $0.error(at: "#/items/0/name", message: "must not be empty")
      $0.allowLeak(at: "/debug", because: "this is the development server")
    }
  }
}

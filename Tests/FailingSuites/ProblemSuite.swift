import ProblemJSON
import Testing

/// A service that tells its stack trace.
let leakyError = ProblemContext(
  status: 500, contentType: "application/problem+json",
  body: Array(
    """
    {"title":"Internal Server Error","status":500,
    "detail":"0 [ra] 0x0000559c0f3a1b2c Store.find + 12 in App at /app/Store.swift:3:4"}
    """.utf8))

/// A failed expectation of a problem, in Swift Testing.
@Suite struct ProblemSuite {
  @Test func leakyError() throws {
    let response = HarnessFailingSuites.leakyError
    try expectProblem(
      response, status: 404, type: "https://example.com/problems/unknown-report")
  }
}

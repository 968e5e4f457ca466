import HTTPDriver
import Testing

@Suite struct `A report` {
  @Test func `has a title`() async throws {
    let http = HTTPDriver(.memory { _, _ in HTTPReply(.ok, .json(["title": "Daily report"])) })
    let exchange = try await http.get("/reports/7")
      .expect(status: .ok)
      .expectJSON("/title", equals: "Daily report")
    // Enums that may grow ask another package for what it does then.
    switch try exchange.content() {
    case .json(let value): #expect(value == ["title": "Daily report"])
    case .jsonLines, .form, .events, .text, .bytes: Issue.record("no JSON")
    @unknown default: Issue.record("no JSON")
    }
  }
}

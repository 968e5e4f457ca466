import HTTPDriver
import HTTPDriverHummingbird
import Shop
import Testing

@Suite struct `The routes of a router that no test called` {
  @Test func `are named in one failure`() async throws {
    let texts = try await failureTexts {
      let router = makeShopRouter()
      let coverage = RouteCoverage(router)
      let http = HTTPDriver(.hummingbird(router: router)).observing(coverage.observe)
      try await http.get("/items/7").expect(status: .ok)
      try await http.get("/files/tea.jpg").expect(status: .ok)
      try await http.get("/docs/a/b").expect(status: .ok)
      try await http.post("/mirror", .text("a")).expect(status: .ok)
      _ = try await http.get("/files/tea.png")
      try coverage.expectAllCalled()
    }
    #expect(
      texts == [
        """
        9 of 13 routes were not called
          uncalled  GET /context
          uncalled  POST /framing
          uncalled  POST /slow
          uncalled  GET /stream
          uncalled  GET /never
          uncalled  GET /fails
          uncalled  GET /refuses
          uncalled  GET /fails-late
          uncalled  GET /unfinished
          unknown   GET /files/tea.png, which no route stands for
        """
      ])
  }
}

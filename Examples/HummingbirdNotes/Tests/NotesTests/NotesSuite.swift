import HTTPDriverHummingbird
import Notes
import TestHarness
import Testing

/// One suite, four ways to reach the service: in process, in memory, over TCP and over a Unix socket.
@Suite struct `The notes service` {
  @Test(arguments: HummingbirdReach.allCases)
  func `keeps a note`(reach: HummingbirdReach) async throws {
    try await withHummingbirdApplication(makeNotesApplication(), over: reach) { transport in
      let http = HTTPDriver(transport)
      let created = try await http.post("/notes", .json(["text": "buy milk"]))
      try created.expect(status: .created)
      let location = try created.expectHeader("Location")

      try await http.get(location)
        .expect(status: .ok)
        .expectJSON("/text", equals: "buy milk")
    }
  }

  @Test(arguments: HummingbirdReach.allCases)
  func `explains that a note is unknown`(reach: HummingbirdReach) async throws {
    try await withHummingbirdApplication(makeNotesApplication(), over: reach) { transport in
      try await HTTPDriver(transport).get("/notes/17").expectProblem(
        status: .notFound, type: "https://example.com/problems/unknown-note")
    }
  }

  /// Where only the router is tested, its function is enough.
  @Test func `has no route that no test calls`() async throws {
    let router = makeNotesRouter()
    let coverage = RouteCoverage(router)
    let http = HTTPDriver(.hummingbird(router: router)).observing(coverage.observe)
    try await http.post("/notes", .json(["text": "buy milk"])).expect(status: .created)
    try await http.get("/notes/1").expect(status: .ok)
    try coverage.expectAllCalled()
  }

  /// A service for each way, so that both begin without notes.
  @Test func `answers the same over a socket as in process`() async throws {
    try await withHummingbirdApplication(makeNotesApplication(), over: .tcp) { tcp in
      let router = HTTPTransport.hummingbird(router: makeNotesRouter())
      try await expectSameExchanges(over: [tcp, router]) { http in
        _ = try await http.post("/notes", .json(["text": "buy milk"]))
        _ = try await http.get("/notes/1")
        _ = try await http.get("/notes/17")
        _ = try await http.post("/notes", .text("no JSON"))
      }
    }
  }
}

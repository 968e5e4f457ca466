import HTTPDriver
import HTTPTypes
import Testing

/// The code that the articles of the documentation show, compiled and run.
@Suite struct `The articles of HTTPDriver` {
  static let service: HTTPHandler = { request, body in
    let bytes = try await body.bytes()
    switch request.path {
    case "/reports/7":
      return HTTPReply(.ok, .json(["title": "Daily report"]), headers: [.eTag: "7"])
    case "/api/v1/upload": return HTTPReply(bytes.isEmpty ? .badRequest : .accepted)
    case "/operations/7/events":
      return HTTPReply(
        .ok,
        .text(
          "event: started\ndata: 1\n\nevent: done\ndata: 2\n\n", contentType: "text/event-stream"))
    case "/export":
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      continuation.yield([UInt8](repeating: 1, count: 2_000))
      return HTTPReply(.ok, .stream(pieces))
    default:
      return HTTPReply(
        .notFound,
        .json(
          [
            "type": "https://example.com/problems/unknown-report", "title": "Unknown report",
            "status": 404,
          ], contentType: "application/problem+json"))
    }
  }

  @Test(arguments: ["handler", "memory"])
  func `Choosing a transport`(way: String) async throws {
    let http = HTTPDriver(way == "handler" ? .handler(Self.service) : .memory(Self.service))
    try await http.get("/reports/7").expectJSON("/title", equals: "Daily report")
    let coverage = RouteCoverage(["GET /reports/{id}"])
    _ = try await http.observing(coverage.observe).get("/reports/7")
    try coverage.expectAllCalled()
  }

  @Test func `Uploading files`() async throws {
    let http = HTTPDriver(.memory(Self.service))
    try await withTemporaryFile("report.xlsx", [1, 2, 3]) { path in
      try await http.post(
        "/api/v1/upload",
        .multipart {
          FilePart("file", .path(path))
          FieldPart("tag", "daily")
          FieldPart("tag", "final")
        }
      ).expect(status: .accepted)
    }
  }

  @Test func `Testing errors`() async throws {
    let http = HTTPDriver(.memory(Self.service))
    try await http.get("/api/v1/reports/unknown")
      .expectProblem(status: .notFound, type: "https://example.com/problems/unknown-report")
    try await http.get("/reports/7").expectAll(
      { try $0.expect(status: .ok) },
      { try $0.expectHeader("ETag", "7") },
      { try $0.expectJSON("/title", equals: "Daily report") })
  }

  /// A service with sessions, for the article on logging in.
  static let sessions: HTTPHandler = { request, body in
    let fields = String(decoding: try await body.bytes(), as: UTF8.self)
    let isAnn = request.headerFields[.cookie] == "session=7"
    switch request.path {
    case "/login" where fields == "user=ann&password=opensesame":
      return HTTPReply(
        .seeOther,
        headers: [.location: "/me", .setCookie: "session=7; Path=/; HttpOnly; SameSite=Lax"])
    case "/me" where isAnn: return HTTPReply(.ok, .json(["user": "ann"]))
    case "/me/reports" where !isAnn: return HTTPReply(.found, headers: [.location: "/login"])
    case "/reports" where request.headerFields[.authorization] == "Bearer opensesame":
      return HTTPReply()
    default: return HTTPReply(.unauthorized)
    }
  }

  @Test func `Logging in`() async throws {
    let transport = HTTPTransport.memory(Self.sessions)
    let http = HTTPDriver(transport)
    let ann = http.keepingCookies().following(redirects: 1)
    try await ann.post("/login", .form(["user": "ann", "password": "opensesame"]))
      .expect(status: .ok)
      .expectJSON("/user", equals: "ann")
    try await http.get("/me").expect(status: .unauthorized)

    try await http.get("/me/reports").expect(status: .found).expectHeader("Location", "/login")

    let jar = CookieJar()
    let session = http.keepingCookies(in: jar).following(redirects: 1)
    _ = try await session.post("/login", .form(["user": "ann", "password": "opensesame"]))
    #expect(jar.cookies.map(\.name) == ["session"])
    #expect(jar.cookies.allSatisfy { $0.isHTTPOnly && $0.sameSite == "Lax" })

    let service = http.authorized(.bearer("opensesame"))
    try await service.get("/reports").expect(status: .ok)
  }

  @Test func `Testing cancellation`() async throws {
    let http = HTTPDriver(.memory(Self.service))
    let cancellation = try await http.cancelling(
      .get, "/export", at: .midResponseBody(bytes: 1_000))
    #expect(cancellation.serviceSawItAfter != nil)
  }

  @Test func `Testing malformed requests`() async throws {
    let http = try HTTPDriver(.memory(Self.service)).skipUnless(.rawBytes)
    let outcome = await http.raw("GET / HTTP/1.1\r\nHost : a\r\n\r\n")
    guard case .rejected(let exchange) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    try exchange.expect(status: .badRequest)
  }

  @Test func `Reading streams`() async throws {
    let http = HTTPDriver(.memory(Self.service))
    var seen: [String] = []
    try await http.stream(.get, "/operations/7/events") { response in
      try response.soFar.expect(status: .ok).expectMediaType("text/event-stream")
      for try await event in response.events {
        seen.append(event.type)
        if event.type == "done" { break }
      }
    }
    #expect(seen == ["started", "done"])
  }
}

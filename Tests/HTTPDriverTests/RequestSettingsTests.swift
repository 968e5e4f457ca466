import HTTPTypes
import HarnessLoopback
import Testing

@testable import HTTPDriver

@Suite struct `What all requests of a driver have` {
  let fields: HTTPHandler = { request, _ in
    HTTPReply(
      .ok,
      .json([
        "authorization": .string(request.headerFields[.authorization] ?? "none"),
        "x": .string(request.headerFields[.init("X-Test")!] ?? "none"),
      ]))
  }

  @Test(arguments: Reach.allCases)
  func `is credentials and fields, unless a request has its own`(reach: Reach) async throws {
    try await reach.drive(fields) { plain in
      let http = plain.authorized(.basic("Aladdin", "open sesame"))
        .with(headers: [.init("X-Test")!: "all"])
      // The example of RFC 7617, section 2.
      try await http.get("/")
        .expectJSON("/authorization", equals: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        .expectJSON("/x", equals: "all")
      try await http.get("/", headers: [.init("X-Test")!: "own", .authorization: "Bearer t"])
        .expectJSON("/authorization", equals: "Bearer t")
        .expectJSON("/x", equals: "own")
      try await http.authorized(.bearer("other")).get("/")
        .expectJSON("/authorization", equals: "Bearer other")
    }
    #expect("\(HTTPAuthorization.bearer("secret"))" == "Bearer ***")
  }

  @Test(arguments: Reach.allCases)
  func `wins over the type and coding of a body, in one line`(reach: Reach) async throws {
    let handler: HTTPHandler = { request, _ in
      let names: [HTTPField.Name] = [.contentType, .contentEncoding]
      return HTTPReply(
        .ok,
        .text(
          names.map { request.headerFields[values: $0].joined(separator: "|") }
            .joined(separator: "; ")))
    }
    try await reach.drive(handler) { plain in
      let body = HTTPBody.json(["a": 1]).compressed(.gzip)
      let defaults = try await plain.post("/", body).text
      #expect(defaults == "application/json; gzip")
      let http = plain.with(headers: [.contentType: "application/x", .contentEncoding: "x-gzip"])
      let common = try await http.post("/", body).text
      #expect(common == "application/x; x-gzip")
      let fields: HTTPFields = [.contentType: "application/y", .contentEncoding: "y"]
      let own = try await http.post("/", body, headers: fields).text
      #expect(own == "application/y; y")
    }
  }

  @Test func `tells observers of every end`() async throws {
    let seen = Collected<String>()
    let http = HTTPDriver(
      .handler { request, _ in
        if request.path == "/fail" { throw Broken() }
        return HTTPReply(.accepted)
      }
    ).observing { outcome in
      switch outcome {
      case .response(let exchange): seen.append("\(exchange.status.code)")
      case .failed(let error): seen.append("\(error.code)")
      case .cancelled: seen.append("cancelled")
      }
    }
    _ = await http.outcome(.get, "/")
    _ = await http.outcome(.get, "/fail")
    #expect(seen.all == ["202", "handlerFailed"])
  }
}

struct Broken: Error {}

@Suite struct `A redirect` {
  static let hops: HTTPHandler = { request, body in
    let bytes = try await body.bytes()
    switch request.path {
    case "/301": return HTTPReply(.movedPermanently, headers: [.location: "/end"])
    case "/303": return HTTPReply(.seeOther, headers: [.location: "/end?from=303"])
    case "/307": return HTTPReply(.temporaryRedirect, headers: [.location: "/end"])
    case "/a/relative": return HTTPReply(.found, headers: [.location: "../end"])
    case "/loop": return HTTPReply(.found, headers: [.location: "/loop"])
    case "/away": return HTTPReply(.found, headers: [.location: "http://other.example/x"])
    case "/plain": return HTTPReply(.found)
    default:
      return HTTPReply(.ok, .text("\(request.method) \(request.path ?? "") \(bytes.count)"))
    }
  }

  @Test(arguments: [
    ("/301", "GET /end 0"), ("/303", "GET /end?from=303 0"), ("/307", "POST /end 5"),
    ("/a/relative", "GET /end 0"),
  ])
  func `is followed as its status says`(_ path: String, _ text: String) async throws {
    for reach in [Reach.handler, .memory] {
      try await reach.drive(Self.hops) { http in
        let exchange = try await http.following(redirects: 3).post(path, .text("hello"))
        #expect(exchange.text == text)
        #expect(exchange.redirects.map(\.request.path) == [path])
      }
    }
  }

  @Test func `is an answer like any other unless it is to be followed`() async throws {
    let http = HTTPDriver(.handler(Self.hops))
    try await http.get("/301").expect(status: .movedPermanently).expectHeader("Location", "/end")
    try await http.following(redirects: 1).get("/plain").expect(status: .found)
  }

  @Test(arguments: [
    ("/loop", "more than 3 redirects, the next one to /loop"),
    ("/away", "the redirect leaves the service, to http://other.example/x"),
  ])
  func `that leads too far fails and says where`(_ path: String, _ reason: String) async throws {
    let outcome = await HTTPDriver(.handler(Self.hops)).following(redirects: 3).outcome(.get, path)
    let error = try #require(outcome.error)
    #expect(error.code == .redirectRefused)
    #expect(error.reason == reason)
  }

  @Test(arguments: [
    ("Example.com:8080", "http://EXAMPLE.COM:8080/x", "/x"),
    ("example.com", "HTTP://Example.com:80/x?y", "/x?y"), ("[::1]:81", "http://[::1]:81/x", "/x"),
    ("[2001:DB8::1]", "http://[2001:db8::1]/x", "/x"),
  ])
  func `knows no case of schemes and hosts`(
    _ authority: String, _ location: String, _ path: String
  ) {
    let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
    let decision = RedirectRule(authority: authority).decide(
      request, HTTPResponse(status: .found, headerFields: [.location: location]))
    #expect(decision == .follow(method: .get, path: path, keepsBody: true))
  }

  @Test(arguments: [("/307", 307), ("/308", 308), ("/301", 301)], Reach.allCases)
  func `repeats no body that can be read once`(_ hop: (String, Int), reach: Reach) async throws {
    let calls = Collected<String>()
    let handler: HTTPHandler = { request, body in
      calls.append(request.path ?? "")
      _ = try await body.bytes()
      guard let code = Int(request.path?.dropFirst() ?? "") else { return HTTPReply() }
      return HTTPReply(.init(code: code), headers: [.location: "/end"])
    }
    try await reach.drive(handler) { plain in
      let http = plain.following(redirects: 3)
      func body() -> HTTPBody {
        .stream(
          AsyncStream { continuation in
            continuation.yield([1, 2, 3])
            continuation.finish()
          })
      }
      for body in [body(), body().compressed(.gzip), body().inChunks([1])] {
        let outcome = await http.outcome(.post, hop.0, body)
        // A 301 goes on with GET, without it.
        guard hop.1 != 301 else {
          if case .response = outcome { continue }
          Issue.record("\(outcome)")
          continue
        }
        let error = try #require(outcome.error)
        #expect(error.code == .redirectRefused)
        #expect(
          error.reason == """
            the \(hop.1) to /end asks for the request's body again, which is a stream that can be read once; \
            send bytes or a file, or begin at that place
            """)
      }
      #expect(calls.all.contains("/end") == (hop.1 == 301))
      try await http.post(hop.0, .bytes([1])).expect(status: .ok)
    }
  }

  @Test(arguments: [
    "http://ann:opensesame@other.example/", "/loop?access_token=opensesame&",
    "http://[?token=opensesame&",
  ])
  func `that is refused shows no secret, and little of a long place`(start: String) async throws {
    let place = start + String(repeating: "x", count: 10_000)
    let http = HTTPDriver(.handler { _, _ in HTTPReply(.found, headers: [.location: place]) })
    let error = try #require(await http.following(redirects: 1).outcome(.get, "/").error)
    #expect(error.code == .redirectRefused)
    #expect(
      !error.reason.contains("opensesame") && error.reason.utf8.count < 400, "\(error.reason)")
    #expect(error.reason.contains("***") && error.reason.contains(" bytes)"), "\(error.reason)")
  }
}

import Foundation
import HTTPTypes
import HarnessLoopback
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `The same suite over several transports` {
  @Test func `passes where the exchanges are the same`() async throws {
    try await withHTTPService(echo) { tcp in
      try await expectSameExchanges(over: [.handler(echo), .memory(echo), tcp]) { http in
        try await http.get("/a?b=1").expect(status: .ok)
        try await http.post("/p", .json(["a": 1])).expect(status: .ok)
        _ = await http.outcome(.get, "no path")
      }
    }
  }

  @Test func `fails once and names what differs`() async throws {
    let one: HTTPHandler = { _, _ in
      HTTPReply(.ok, .json(["a": 1, "b": 2]), headers: [.eTag: "7"])
    }
    let other: HTTPHandler = { request, _ in
      if request.path == "/same" {
        return HTTPReply(
          .ok, .text("{\"b\":2,\"a\":1.0}", contentType: "application/json"), headers: [.eTag: "7"])
      }
      return HTTPReply(.created, .text("other"), headers: [.server: "x"])
    }
    let texts = try await failureTexts {
      try await expectSameExchanges(over: [.handler(one), .memory(other)]) { http in
        _ = try await http.get("/same")
        _ = try await http.get("/a")
        if !http.capabilities.contains(.framing) { _ = try await http.get("/more") }
      }
    }
    #expect(
      texts == [
        """
        the exchanges over memory differ from those over handler in 6 places
          exchange 2, GET /a
            outcome
              handler  status 200
              memory   status 201
            field content-type
              handler  "application/json"
              memory   "text/plain; charset=utf-8"
            field etag
              handler  "7"
              memory   absent
            field server
              handler  absent
              memory   "x"
            body
              handler  {"a":1,"b":2}
              memory   other
          the number of exchanges
              handler  3
              memory   2
        """
      ])
  }

  /// What is shown is masked and cut, and what is compared is neither.
  @Test func `fails also where what differs is not shown`() async throws {
    let long = String(repeating: "x", count: 300)
    func service(_ end: String) -> HTTPHandler {
      { _, _ in
        HTTPReply(
          .ok, .text("token=\(end)1; \(long)\(end)"),
          headers: [.init("X-Long")!: long + end, .init("X-Auth-Token")!: end])
      }
    }
    let (one, other) = (service("a"), service("b"))
    let texts = try await failureTexts {
      try await expectSameExchanges(over: [.handler(one), .memory(other)]) { http in
        _ = try await http.get("/\(long)\(http.capabilities.contains(.framing) ? 1 : 0)")
      }
    }
    let findings = texts.first?.split(separator: "\n").filter { $0.contains("which differs") }
    #expect(
      findings == [
        "    request, which differs in what is not shown",
        "    field x-auth-token, which differs in what is not shown",
        "    field x-long, which differs in what is not shown",
        "    body, which differs from byte 6 on",
      ], "\(texts)")
  }

  @Test func `may be told what may differ`() async throws {
    let numbers = Collected<Int>()
    let handler: HTTPHandler = { _, _ in
      numbers.append(1)
      return HTTPReply(.ok, headers: [.init("X-Number")!: "\(numbers.all.count)"])
    }
    try await expectSameExchanges(
      over: [.handler(handler), .memory(handler)], ignoring: ["X-Number"]
    ) { http in
      try await http.get("/").expect(status: .ok)
    }
  }
}

@Suite struct `What a transport lacks` {
  @Test func `fails a test that requires it, by name`() async throws {
    let texts = try await failureTexts {
      try HTTPDriver(.handler(echo)).require([.rawBytes, .trailers])
    }
    #expect(
      texts == [
        """
        the transport handler lacks what this test needs: rawBytes
          it has    informational, trailers, serviceSightings
        """
      ])
  }

  @Test(arguments: Reach.allCases)
  func `skips only the case that needs it`(reach: Reach) async throws {
    try await reach.drive(echo) { http in
      try http.skipUnless(.framing)
      #expect(reach != .handler)
      try await http.get("/").expect(status: .ok)
    }
  }
}

/// Finds out by trying what each transport can do, and holds what it declares and the documentation against it.
@Suite struct `The table of transports` {
  @Test func `is what a run finds out`() async throws {
    let names = HTTPTransport.Capabilities.named.map(\.name)
    var rows = [
      "| transport | \(names.joined(separator: " | ")) |",
      "|" + String(repeating: "---|", count: names.count + 1),
    ]
    for reach in Reach.allCases {
      try await reach.drive(Self.service) { http in
        var found = try await Self.probe(http)
        // A socket is seen by the operating system alone.
        if http.capabilities.contains(.sockets) { found.insert(.sockets) }
        #expect(found == http.capabilities, "\(reach)")
        let marks = HTTPTransport.Capabilities.named.map {
          found.contains($0.capability) ? "yes" : "no"
        }
        rows.append("| `\(reach.rawValue)` | \(marks.joined(separator: " | ")) |")
      }
    }
    let article = try String(contentsOfFile: Self.article, encoding: .utf8)
    #expect(
      article.contains(rows.joined(separator: "\n") + "\n"), "\(rows.joined(separator: "\n"))")
  }

  private static let article = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/HTTPDriver/HTTPDriver.docc/ChoosingATransport.md").path

  private static let service: HTTPHandler = { request, body in
    if request.path == "/never" {
      let silence = AsyncStream<Void> { _ in }
      for await _ in silence {}
    }
    _ = try await body.bytes()
    var reply = HTTPReply(
      .ok, .text(request.headerFields[.transferEncoding] ?? "none").withTrailers([.eTag: "1"]))
    reply.head.headerFields[.init("X-Scheme")!] = request.scheme
    // HTTP/2 writes all names in lower case (RFC 9113, section 8.2.1).
    let probe = request.headerFields.first { $0.name.canonicalName == "x-probe" }
    reply.head.headerFields[.init("X-Probe")!] = probe?.name.rawName
    reply.informational = [HTTPResponse(status: 103)]
    return reply
  }

  private static func probe(_ http: HTTPDriver) async throws -> HTTPTransport.Capabilities {
    var found: HTTPTransport.Capabilities = []
    let plain = try await http.post(
      "/", .text("hello").inChunks([2]), headers: [.init("X-Probe")!: "1"])
    let fields = plain.response.headerFields
    if fields[.init("X-Scheme")!] == "https" { found.insert(.tls) }
    if fields[.init("X-Probe")!] == "x-probe" { found.insert(.http2) }
    if plain.text == "chunked" { found.insert(.framing) }
    if plain.informational.map(\.status.code).contains(103) { found.insert(.informational) }
    if !plain.trailers.isEmpty { found.insert(.trailers) }
    let waiting = try await http.post("/", .text("a"), headers: [.expect: "100-continue"])
    if waiting.informational.map(\.status.code).contains(100) { found.insert(.expectContinue) }
    if await http.raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200 { found.insert(.rawBytes) }
    // A service that does not upgrade still answers, where a connection could.
    let upgrade = await http.upgrade("/", headers: [:], by: .effective(within: nil))
    if case .response = upgrade.outcome { found.insert(.upgrades) }
    let gone = try await http.cancelling(.get, "/never", at: .beforeResponseHead)
    if gone.serviceSawItAfter != nil { found.insert(.serviceSightings) }
    return found
  }
}

@Suite struct `Routes that no test called` {
  @Test(arguments: [
    ("GET /a/{id}", "GET", "/a/7?x=1", true), ("GET /a/{id}", "GET", "/a", false),
    ("GET /a/:id", "POST", "/a/7", false), ("/a/*", "POST", "/a/7", true),
    ("GET /files/**", "GET", "/files/a/b/c", true), ("GET /", "GET", "/", true),
    ("GET /a", "GET", "/a/b", false), ("GET /*.jpg", "GET", "/tea.jpg", true),
    ("GET /*.jpg", "GET", "/.jpg", false), ("GET /{name}.jpg", "GET", "/tea.jpg", true),
    ("GET /file.*", "GET", "/file.txt", true), ("GET /file.{end}", "GET", "/filetxt", false),
    ("GET /{a}", "GET", "/b", true),
  ])
  func `are found by their patterns`(
    _ route: String, _ method: String, _ path: String, _ matches: Bool
  ) {
    #expect(RoutePattern(route).matches(method, RoutePattern.segments(of: path)) == matches)
  }

  @Test func `are named in one failure`() async throws {
    let coverage = RouteCoverage([
      "GET /reports/latest", "GET /reports/{id}", "POST /upload", "DELETE /reports/{id}",
    ])
    let http = HTTPDriver(.handler(echo)).observing(coverage.observe)
    _ = try await http.get("/reports/latest")
    _ = try await http.post("/upload")
    _ = try await http.put("/elsewhere?token=secret")
    #expect(coverage.calls.map(\.count) == [1, 0, 1, 0])
    let texts = try await failureTexts { try coverage.expectAllCalled() }
    #expect(
      texts == [
        """
        2 of 4 routes were not called
          uncalled  GET /reports/{id}
          uncalled  DELETE /reports/{id}
          unknown   PUT /elsewhere, which no route stands for
        """
      ])
    try await http.stream(.get, "/reports/7") { response in
      // Enough has been seen: the head.
      #expect(response.status == .ok)
    }
    _ = try await http.delete("/reports/7")
    try coverage.expectAllCalled()
  }
}

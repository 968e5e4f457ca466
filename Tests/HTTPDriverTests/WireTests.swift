import HTTPDriver
import HTTPTypes
import HarnessLoopback
import Testing
import Waiters

/// What only some transports can; the others say so.
@Suite struct `Exchanges with more than head and body` {
  @Test(arguments: Reach.allCases)
  func `have trailers in both directions`(reach: Reach) async throws {
    let handler: HTTPHandler = { _, body in
      let bytes = try await body.bytes()
      let sum = body.trailers[.init("X-Sum")!] ?? "none"
      return HTTPReply(
        .ok, .bytes(bytes, contentType: "text/plain").withTrailers([.init("X-Echo")!: sum]))
    }
    try await reach.drive(handler) { http in
      let exchange = try await http.post(
        "/", .text("hello").withTrailers([.init("X-Sum")!: "5"])
      ).expect(status: .ok)
      #expect(exchange.text == "hello")
      #expect(exchange.trailers == [.init("X-Echo")!: "5"])
    }
  }

  @Test(arguments: Reach.allCases)
  func `see informational responses in order`(reach: Reach) async throws {
    let handler: HTTPHandler = { _, _ in
      var reply = HTTPReply(.ok, .text("done"))
      reply.informational = [
        HTTPResponse(status: 102),
        HTTPResponse(status: 103, headerFields: [.init("Link")!: "</a.css>"]),
      ]
      return reply
    }
    try await reach.drive(handler) { http in
      let exchange = try await http.get("/").expect(status: .ok)
      #expect(exchange.informational.map(\.status.code) == [102, 103])
      #expect(exchange.informational.last?.headerFields[.init("Link")!] == "</a.css>")
    }
  }

  /// A handler in process has nobody to ask for the body.
  @Test(arguments: Reach.allCases.filter { $0 != .handler })
  func `wait for 100 Continue before they send the body`(reach: Reach) async throws {
    let handler: HTTPHandler = { request, body in
      if request.path == "/refuse" { return HTTPReply(.contentTooLarge) }
      return HTTPReply(.ok, .text("\(try await body.bytes().count)"))
    }
    try await reach.drive(handler) { http in
      let accepted = try await http.post(
        "/", .text("0123456789"), headers: [.expect: "100-continue"])
      #expect(accepted.text == "10")
      #expect(accepted.informational.map(\.status.code) == [100])
      let refused = try await http.post(
        "/refuse", .text("0123456789"), headers: [.expect: "100-continue"]
      ).expect(status: .contentTooLarge)
      #expect(refused.informational.isEmpty)
      #expect(refused.timings.request == nil, "the body was sent although nobody asked for it")
    }
  }

  @Test(arguments: [[1], [3, 1], [100], [0, 7]])
  func `cut the body where the test says`(sizes: [Int]) async throws {
    let pieces = Mailbox<[UInt8]>("pieces")
    let handler: HTTPHandler = { _, body in
      for try await piece in body { pieces.send(piece) }
      return HTTPReply()
    }
    let text = "grüezi mitenand"
    for transport in [HTTPTransport.handler(handler), .memory(handler)] {
      try await HTTPDriver(transport).post("/", .text(text).inChunks(sizes)).expect(status: .ok)
      var joined: [UInt8] = []
      var turn = 0
      while joined.count < text.utf8.count {
        let piece = try await pieces.next()
        let size = max(1, sizes[turn % sizes.count])
        #expect(piece.count == min(size, text.utf8.count - joined.count))
        joined += piece
        turn += 1
      }
      #expect(joined == Array(text.utf8))
    }
  }

  @Test func `hear what a handler behind HTTP in memory threw`() async throws {
    struct OutOfStock: Error {}
    let http = HTTPDriver(.memory { _, _ in throw OutOfStock() })
    let error = try #require(await http.outcome(.get, "/").error)
    #expect(error.code == .handlerFailed)
    #expect(error.reason == "no response: the handler threw OutOfStock()")
  }

  @Test func `a 100 that never comes is a missed deadline that says so`() async throws {
    try await withScriptedServer(ServerScript("", then: .hold)) { server in
      let outcome = await HTTPDriver(server.address).outcome(
        .post, "/", .text("0123456789"), headers: [.expect: "100-continue"], within: .seconds(3))
      let error = try #require(outcome.error)
      #expect(error.code == .timedOut)
      #expect(error.reason.hasSuffix(": waiting for 100 Continue, to send the request's body"))
    }
  }

  @Test func `a socket's file that does not exist is named`() async throws {
    let http = HTTPDriver(.unixSocket("/tmp/no-such.sock"))
    let error = try #require(await http.outcome(.get, "/").error)
    #expect(error.code == .connectionRefused)
    #expect(error.reason == "no response: the socket /tmp/no-such.sock does not exist")
    let long = HTTPDriver(.unixSocket("/tmp/" + String(repeating: "x", count: 99)))
    let misuse = try #require(await long.outcome(.get, "/").error)
    #expect(misuse.code == .misuse)
    #expect(misuse.reason.hasSuffix("cannot be used: a path has 1 to 103 bytes, and this one 104"))
  }
}

import HTTPTypes
import HarnessLoopback
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `A handler behind HTTP` {
  /// Connects to a handler in memory, for more than one request over one connection.
  private func connect(
    _ handler: @escaping HTTPHandler, _ watch: ServiceWatch = ServiceWatch()
  ) async throws -> ByteStream {
    try await MemoryConnector { channel, _ in
      try HandlerConnection.furnish(channel, handler: handler, watch: watch)
    }.stream()
  }

  private func post(_ path: String, _ count: Int) -> [UInt8] {
    Array("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n".utf8)
      + [UInt8](repeating: UInt8(ascii: "x"), count: count)
  }

  @Test(arguments: [false, true])
  func `takes the next request, whether it reads a long body or not`(reads: Bool) async throws {
    let answered = Mailbox<String>("requests that came")
    let stream = try await connect { request, body in
      if reads { _ = try await body.bytes() }
      answered.send(request.path ?? "")
      return HTTPReply()
    }
    stream.start { _ in }
    for path in ["/1", "/2", "/3"] {
      var rest = post(path, 1 << 20)[...]
      while !rest.isEmpty {
        stream.write(Array(rest.prefix(16 << 10)))
        rest = rest.dropFirst(16 << 10)
      }
    }
    for path in ["/1", "/2", "/3"] { #expect(try await answered.next() == path) }
    stream.close()
    await stream.closed()
  }

  @Test func `that fails because the client is gone has no fault, and has ended`() async throws {
    for _ in 0..<20 {
      let failures = Collected<String>()
      let finished = Signal<Void>("the handler ended")
      let begun = Signal<Void>("the handler began")
      var watch = ServiceWatch()
      watch.failed = { failures.append("\($0)") }
      watch.finished = { finished.send() }
      let stream = try await connect(
        { _, body in
          begun.send()
          return HTTPReply(.ok, .bytes(try await body.bytes()))
        }, watch)
      stream.start { _ in }
      stream.write(Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234".utf8))
      try await begun.value()
      stream.close()
      try await finished.value()
      #expect(failures.all.isEmpty)
    }
  }

  @Test(arguments: Reach.allCases)
  func `sends back a body that waits for its 100`(reach: Reach) async throws {
    try await reach.drive({ _, body in HTTPReply(.ok, body) }) { http in
      let exchange = try await http.post("/", .text("hello"), headers: [.expect: "100-continue"])
      #expect(exchange.text == "hello")
    }
  }

  @Test(arguments: [
    (HTTPReplyFault.informational(200), 200, 200), (.informational(101), 101, 200),
    (.final(100), 103, 100), (.final(101), 103, 101), (.final(103), 103, 103),
    (.final(0), 103, 0),
  ])
  func `fails with a reply that HTTP has no room for`(
    _ fault: HTTPReplyFault, _ early: Int, _ last: Int
  ) async throws {
    let handler: HTTPHandler = { _, _ in
      var reply = HTTPReply(.init(code: last), .text("a"))
      reply.informational = [HTTPResponse(status: .init(code: early))]
      return reply
    }
    for reach in Reach.allCases {
      try await reach.drive(handler) { http in
        let error = try #require(await http.outcome(.get, "/").error)
        if http.capabilities.contains(.sockets) {
          let isStream = http.capabilities.contains(.http2)
          #expect(error.code == (isStream ? .streamReset : .connectionClosed))
        } else {
          #expect(error.code == .handlerFailed)
          #expect(error.reason == "no response: the handler threw \(fault)")
        }
      }
    }
  }
}

@Suite struct `Waiting for a service to notice` {
  @Test func `ends when the test's task is cancelled`() async throws {
    let request = HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")
    let run = ExchangeRun(
      ExchangePlan(
        request: request, body: .empty, deadline: .effective(within: .seconds(600)),
        responseLimit: 1))
    run.update { $0.end(.cancelled) }
    let ended = Signal<Bool>("the wait ended")
    let task = Task {
      let sightings = await run.serviceSightings(by: .effective(within: .seconds(600)))
      ended.send(sightings.cancelled == nil && !sightings.hasFinished)
    }
    task.cancel()
    #expect(try await ended.value())
  }

  @Test func `fails nothing when the test's task is cancelled`() async throws {
    let gone = Signal<Void>("the service heard the end")
    let http = HTTPDriver(
      .memory(bytes: { stream in
        stream.start { event in if case .ended = event { gone.send() } }
      }))
    let task = Task {
      try await http.cancelling(.get, "/", at: .beforeResponseHead, within: .seconds(600))
    }
    try await gone.value()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

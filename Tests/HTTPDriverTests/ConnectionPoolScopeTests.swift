import Foundation
import HarnessJSON
import HarnessLock
import HarnessLoopback
import HarnessReporting
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `The scope of a pool` {
  @Test func `has connections of HTTP/1.1 alone`() async throws {
    let error = await #expect(throws: HTTPConnectionPoolUnavailable.self) {
      try await withHTTPConnectionPool(.handler(echo)) { _ in }
    }
    #expect(
      error?.description.hasPrefix(
        "the transport handler has no connections of HTTP/1.1 that a pool could keep: ") == true)
    try await withHTTPConnectionPool(.memory(echo), idleTimeout: .seconds(3_600)) { pooled in
      await #expect(throws: HTTPConnectionPoolUnavailable.self) {
        try await withHTTPConnectionPool(pooled) { _ in }
      }
    }
  }

  @Test func `leaves an address that cannot be used to say why`() async throws {
    try await withHTTPConnectionPool(.address("http://"), idleTimeout: .seconds(3_600)) { pooled in
      let error = try #require(await HTTPDriver(pooled).outcome(.get, "/").error)
      #expect(error.code == .misuse)
    }
  }

  @Test func `lets nothing begin after its end`() async throws {
    let kept = try await withHTTPConnectionPool(.memory(echo), idleTimeout: .seconds(3_600)) {
      pooled in
      let http = HTTPDriver(pooled)
      try await http.get("/").expect(status: .ok)
      return http
    }
    let error = try #require(await kept.outcome(.get, "/").error)
    #expect(error.code == .misuse)
    #expect(
      error.reason
        == "no response: the scope of withHTTPConnectionPool, which owned the connections, is over")
  }

  @Test(arguments: ByteReach.allCases)
  func `ends what is still on its way`(reach: ByteReach) async throws {
    let server = ScriptedConnections([.silence])
    try await reach.reach(server) { transport in
      let late = try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) {
        pooled in
        let http = HTTPDriver(pooled)
        let late = Task { await http.outcome(.get, "/") }
        try await server.arrivals.next()
        return late
      }
      let error = try #require(await late.value.error)
      #expect(error.code == .misuse)
    }
  }

  @Test func `keeps as many idle connections as it is told, and none that is too old`() async throws
  {
    for (limit, timeout) in [(0, Duration.seconds(60)), (1, .zero)] {
      try await withHTTPConnectionPool(.memory(echo), maxIdle: limit, idleTimeout: timeout) {
        let http = HTTPDriver($0)
        for number in 1...3 {
          let exchange = try await http.get("/").expect(status: .ok)
          #expect(exchange.connection?.number == number)
          #expect(exchange.connection?.isReused == false)
        }
      }
    }
  }

  @Test func `gives upgrades and raw bytes connections of their own`() async throws {
    let server = ScriptedConnections()
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    try await http.get("/").expect(status: .ok)
    let upgrade = await http.upgrade("/socket", headers: [:], by: .effective(within: nil))
    guard case .response(let refused) = upgrade.outcome else {
      Issue.record("\(upgrade.outcome)")
      return
    }
    #expect(refused.connection == nil)
    #expect(await http.raw("GET /raw HTTP/1.1\r\n\r\n").status == 200)
    #expect(try await http.get("/").expect(status: .ok).connection?.earlierExchanges == 1)
    #expect(server.requests == ["1 GET /", "2 GET /socket", "3 GET /raw", "1 GET /"])
    await pool.close()
  }

  @Test func `hears what a handler throws`() async throws {
    struct Broken: Error {}
    try await withHTTPConnectionPool(
      .memory { request, _ in
        if request.path == "/broken" { throw Broken() }
        return HTTPReply(.ok)
      }
    ) { pooled in
      let http = HTTPDriver(pooled)
      try await http.get("/").expect(status: .ok)
      let error = try #require(await http.outcome(.get, "/broken").error)
      #expect(error.code == .handlerFailed)
      #expect(error.reason == "no response: the handler threw Broken()")
      #expect(try await http.get("/").expect(status: .ok).connection?.number == 2)
    }
  }

  /// The first handler goes on behind the last byte that it had announced, and throws while the connection carries the
  /// second exchange.
  @Test func `blames no exchange for the handler of the one before it`() async throws {
    struct Late: Error {}
    let isOnItsWay = Signal<Void>("the second request is on its way")
    let isBegun = Lock(false)
    let handler: HTTPHandler = { request, body in
      guard request.path == "/first" else { return HTTPReply() }
      let pieces = AsyncThrowingStream<[UInt8], any Error> {
        let hasBegun = isBegun.withLock { isBegun in
          defer { isBegun = true }
          return isBegun
        }
        guard hasBegun else { return Array("ok".utf8) }
        try await isOnItsWay.value()
        throw Late()
      }
      return HTTPReply(.ok, .stream(pieces), headers: [.contentLength: "2"])
    }
    try await withHTTPConnectionPool(.memory(handler), idleTimeout: .seconds(3_600)) { pooled in
      let http = HTTPDriver(pooled)
      #expect(try await http.get("/first").expect(status: .ok).text == "ok")
      let endless = AsyncStream<[UInt8]> {
        isOnItsWay.send()
        let silence = AsyncStream<Void> { _ in }
        for await _ in silence {}
        return nil
      }
      let error = try #require(await http.outcome(.post, "/second", .stream(endless)).error)
      #expect(error.code == .connectionClosed)
      #expect(error.serviceError == nil)
      #expect(
        error.reason == """
          no response: the server closed connection 1, which was kept after 1 exchange; POST is not \
          idempotent, so it is not sent again (RFC 9110, section 9.2.2)
          """)
    }
  }

  @Test func `is seen in the archive of a failure`() async throws {
    let server = ScriptedConnections([.ok, .close])
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    _ = try await http.get("/1")
    _ = try await http.get("/2")
    let archive = String(
      decoding: try #require(http.journal.evidence.first?.bytes), as: UTF8.self)
    #expect(archive.contains("\"connection\": \"1\""))
    #expect(archive.contains("\"connection\": \"2\""))
    #expect(archive.contains("\"comment\": \"sent again, as the server had closed connection 1\""))
    await pool.close()
  }

  @Test(arguments: [Reach.memory, .tcp])
  func `keeps the connection of a body that is sent in pieces`(reach: Reach) async throws {
    try await reach.reach({ _, body in HTTPReply(.ok, .text("\(try await body.bytes().count)")) }) {
      transport in
      try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) { pooled in
        let http = HTTPDriver(pooled)
        for carried in 0..<20 {
          let exchange = try await http.post("/", .text("0123456789").inChunks([3]))
          #expect(exchange.text == "10")
          #expect(exchange.connection?.earlierExchanges == carried)
        }
      }
    }
  }

  @Test func `fails nothing for late bytes`() async throws {
    let server = ScriptedConnections([
      .answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nlate")
    ])
    try await withHTTPConnectionPool(.memory(bytes: server.accept), idleTimeout: .seconds(3_600)) {
      pooled in
      try await HTTPDriver(pooled).get("/").expect(status: .ok)
    }
  }
}

@Suite struct `Connections whose exchange was cancelled` {
  /// Takes the whole request, and answers with what never ends.
  private static let endless: HTTPHandler = { request, body in
    for try await _ in body {}
    if request.path == "/ok" { return HTTPReply(.ok) }
    let silence = AsyncStream<Void> { _ in }
    if request.path == "/silent" { for await _ in silence {} }
    let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
    continuation.yield([UInt8](repeating: 1, count: 60_000))
    return HTTPReply(.ok, .stream(pieces))
  }

  static let points: [HTTPCancellationPoint] = [
    .afterRequestHead, .midRequestBody(bytes: 10_000), .beforeResponseHead, .afterResponseHead,
    .midResponseBody(bytes: 10_000),
  ]

  @Test(arguments: points, [Reach.memory, .tcp, .unixSocket])
  func `are closed, and not used again`(
    _ point: HTTPCancellationPoint, reach: Reach
  ) async throws {
    try await reach.reach(Self.endless) { transport in
      try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) { pooled in
        let http = HTTPDriver(pooled)
        #expect(try await http.get("/ok").expect(status: .ok).connection?.number == 1)
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        for _ in 0..<2 { continuation.yield([UInt8](repeating: 1, count: 10_000)) }
        switch point {
        case .afterRequestHead, .midRequestBody: break
        default: continuation.finish()
        }
        let path = point == .beforeResponseHead ? "/silent" : "/endless"
        let gone = try await http.cancelling(.post, path, .stream(pieces), at: point)
        #expect(gone.isReached)
        #expect(try await http.get("/ok").expect(status: .ok).connection?.number == 2)
      }
    }
  }

  @Test func `before it began, are as good as before`() async throws {
    let server = ScriptedConnections()
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    try await http.get("/").expect(status: .ok)
    _ = try await http.cancelling(.get, "/", at: .beforeConnect)
    #expect(try await http.get("/").expect(status: .ok).connection?.earlierExchanges == 1)
    await pool.close()
  }

  @Test func `were left within a body, or answered before the request was sent`() async throws {
    try await withHTTPConnectionPool(
      .memory { request, _ in
        if request.method == .post { return HTTPReply(.contentTooLarge) }
        if request.path == "/short" { return HTTPReply(.ok, .text("short")) }
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield([1])
        return HTTPReply(.ok, .stream(pieces))
      }
    ) { pooled in
      let http = HTTPDriver(pooled)
      var connection = try await http.stream(.get, "/endless") { response in
        for try await _ in response.pieces { break }
        return response.soFar.connection?.number
      }
      #expect(connection == 1)
      connection = try await http.stream(.get, "/short") { response in
        for try await _ in response.pieces {}
        return response.soFar.connection?.number
      }
      #expect(connection == 2)
      // It was read to its end, so it is kept.
      let endless = AsyncStream<[UInt8]> { $0.yield([1]) }
      let early = try await http.post("/", .stream(endless)).expect(status: .contentTooLarge)
      #expect(early.connection?.number == 2)
      #expect(try await http.get("/short").expect(status: .ok).connection?.number == 3)
    }
  }

  #if os(Linux)
    @Test func `leave no descriptor behind, nor do those that were kept`() async throws {
      try await withHTTPServer(Self.endless) { server in
        let pool = ConnectionPool(
          SocketConnector(target: .tcp(host: "127.0.0.1", port: server.port)), hearsService: false,
          limit: 64, timeout: .seconds(3_600))
        let http = HTTPDriver(pool.transport)
        for round in 0..<500 {
          try await http.get("/ok").expect(status: .ok)
          let point = Self.points[round % Self.points.count]
          let body = HTTPBody.bytes([UInt8](repeating: 1, count: 20_000)).inChunks([10_000])
          let path = point == .beforeResponseHead ? "/silent" : "/endless"
          let gone = try await http.cancelling(.post, path, body, at: point)
          #expect(gone.isReached)
        }
        #expect(pool.connections.isEmpty)
        #expect(try socketsTo(port: server.port) == 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<20 { group.addTask { try await http.get("/ok").expect(status: .ok) } }
          try await group.waitForAll()
        }
        let kept = pool.connections.count
        #expect((1...20).contains(kept), "\(kept)")
        #expect(try socketsTo(port: server.port) == kept)
        await pool.close()
        #expect(pool.connections.isEmpty)
        #expect(try socketsTo(port: server.port) == 0)
      }
    }
  #endif
}

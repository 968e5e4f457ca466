import Foundation
import HarnessJSON
import HarnessLoopback
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `Exchanges over a pool of connections` {
  @Test(arguments: [Reach.memory, .tcp, .unixSocket])
  func `share a connection, one after the other`(reach: Reach) async throws {
    try await reach.reach(echo) { transport in
      try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) { pooled in
        let http = HTTPDriver(pooled)
        for earlier in 0..<5 {
          let exchange = try await http.post("/", .text("a")).expectJSON("/body", equals: "a")
          #expect(
            exchange.connection
              == HTTPConnectionUse(number: 1, earlierExchanges: earlier, repeatedAfter: nil))
          #expect((exchange.timings.connect == nil) == (earlier > 0))
          #expect(exchange.timings.head != nil)
        }
      }
    }
  }

  @Test(arguments: ByteReach.allCases)
  func `have as many as run at once, and use the last one again`(reach: ByteReach) async throws {
    let server = ScriptedConnections([.silence])
    try await reach.reach(server) { transport in
      try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) { pooled in
        let http = HTTPDriver(pooled)
        let silent = Task { await http.outcome(.get, "/silent") }
        try await server.arrivals.next()
        for earlier in 0..<2 {
          let exchange = try await http.get("/").expect(status: .ok)
          #expect(exchange.connection?.number == 2)
          #expect(exchange.connection?.earlierExchanges == earlier)
        }
        silent.cancel()
        guard case .cancelled = await silent.value else {
          Issue.record("not cancelled")
          return
        }
        #expect(try await http.get("/").expect(status: .ok).connection?.number == 2)
      }
    }
  }

  /// What a first exchange leaves behind, and whether the second one has its connection.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var method = HTTPRequest.Method.get
    var headers: HTTPFields = [:]
    let answer: ScriptedConnections.Step
    let isKept: Bool
    /// What is told of bytes that belong to no answer.
    var late: String?
  }

  static let cases = [
    Case(
      testDescription: "a length (RFC 9112, section 9.3)", answer: .ok, isKept: true),
    Case(
      testDescription: "a length of nothing",
      answer: .answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), isKept: true),
    Case(
      testDescription: "byte by byte",
      answer: .init(pieces: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".map { "\($0)" }),
      isKept: true),
    Case(
      testDescription: "a head in two pieces, with the body in the second",
      answer: .answer("HTTP/1.1 200 OK\r\nContent-Le", "ngth: 2\r\n\r\nok"), isKept: true),
    Case(
      testDescription: "chunks",
      answer: .answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "2\r\nok\r\n", "0\r\n", "\r\n"),
      isKept: true),
    Case(
      testDescription: "chunks with trailers, in one piece",
      answer: .answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n"),
      isKept: true),
    Case(
      testDescription: "204, whatever its length says (RFC 9112, section 6.3)",
      answer: .answer("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"), isKept: true),
    Case(
      testDescription: "304 without a length",
      answer: .answer("HTTP/1.1 304 Not Modified\r\n\r\n"), isKept: true),
    Case(
      testDescription: "an answer to HEAD", method: .head,
      answer: .answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), isKept: true),
    Case(
      testDescription: "informational responses before it",
      answer: .answer(
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\nA: b\r\n\r\n"
          + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), isKept: true),
    Case(
      testDescription: "a 500", answer: .answer("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"),
      isKept: true),
    Case(
      testDescription: "Connection: close of the server (RFC 9112, section 9.6)",
      answer: .answer("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok"),
      isKept: false),
    Case(
      testDescription: "Connection: close of the client (RFC 9112, section 9.6)",
      headers: [.connection: "close"], answer: .ok, isKept: false),
    Case(
      testDescription: "HTTP/1.0 (RFC 9112, section 9.3)",
      answer: .answer("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"), isKept: false),
    Case(
      testDescription: "HTTP/1.0 with keep-alive (RFC 9112, section 9.3)",
      answer: .answer("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok"),
      isKept: true),
    Case(
      testDescription: "a body that ends with the connection (RFC 9112, section 6.3)",
      answer: .answer("HTTP/1.1 200 OK\r\n\r\nok", then: .close), isKept: false),
    Case(
      testDescription: "bytes behind a length (RFC 9112, section 6.3)",
      answer: .answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok!\n"), isKept: false,
      late: "behind GET /first, connection 1, 2 bytes: !\\n"),
    Case(
      testDescription: "the beginning of a message behind it",
      answer: .answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTT"), isKept: false,
      late: "behind GET /first, connection 1, 3 bytes: HTT"),
    Case(
      testDescription: "a whole message behind it (RFC 9112, section 9.2)",
      answer: .answer(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
      ),
      isKept: false,
      late: """
        behind GET /first, connection 1, 38 bytes: HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n
        """),
    Case(
      testDescription: "bytes behind chunks",
      answer: .answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTT"),
      isKept: false, late: "behind GET /first, connection 1"),
    Case(
      testDescription: "a whole message behind chunks",
      answer: .answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
          + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
      isKept: false, late: "behind GET /first, connection 1"),
    Case(
      testDescription: "a body where there is none", method: .head,
      answer: .answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), isKept: false,
      late: "behind HEAD /first, connection 1, 5 bytes: hello"),
  ]

  @Test(arguments: cases)
  func `leave a connection to the next one, or close it`(_ rule: Case) async throws {
    let server = ScriptedConnections([rule.answer])
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    let first = try await http.send(rule.method, "/first", headers: rule.headers)
    #expect(first.connection?.number == 1)
    if !rule.isKept, let connection = pool.connections.first {
      // What makes it useless may lie behind the answer, in the same turn of the event loop.
      await connection.closed()
    }
    let second = try await http.get("/second").expect(status: .ok)
    #expect(second.text == "ok")
    #expect(second.connection?.number == (rule.isKept ? 1 : 2))
    #expect(second.connection?.isReused == rule.isKept)
    #expect(second.connection?.repeatedAfter == nil)
    await pool.close()
    let late = rule.late.map { text in
      """
      the server sent bytes that belong to no answer, and each connection was closed for it
        late      \(text)
      """
    }
    #expect(pool.lateBytes == late)
  }

  @Test func `do not use a connection that was closed while it was idle`() async throws {
    let server = ScriptedConnections()
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    try await http.get("/first").expect(status: .ok)
    let connection = try #require(pool.connections.first)
    server.close(1)
    await connection.closed()
    let second = try await http.post("/second", .text("a")).expect(status: .ok)
    #expect(
      second.connection == HTTPConnectionUse(number: 2, earlierExchanges: 0, repeatedAfter: nil))
    #expect(server.requests == ["1 GET /first", "2 POST /second"])
    #expect(pool.lateBytes == nil)
    await pool.close()
  }

  @Test func `do not use a connection on which bytes came while it was idle`() async throws {
    let server = ScriptedConnections()
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    try await http.get("/first?token=secret").expect(status: .ok)
    let connection = try #require(pool.connections.first)
    server.write("HTTP/1.1 408 Request Timeout\r\n", on: 1)
    await connection.closed()
    #expect(try await http.post("/second").expect(status: .ok).connection?.number == 2)
    await pool.close()
    #expect(
      pool.lateBytes == """
        the server sent bytes that belong to no answer, and each connection was closed for it
          late      behind GET /first?token=***, connection 1, 30 bytes: HTTP/1.1 408 Request Timeout\\r\\n
        """)
  }

  @Test(arguments: ByteReach.allCases)
  func `are sent again where the server had closed their connection`(
    reach: ByteReach
  ) async throws {
    let server = ScriptedConnections([.ok, .close], [.ok, .reset])
    try await reach.reach(server) { transport in
      try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) { pooled in
        let http = HTTPDriver(pooled)
        try await http.get("/1").expect(status: .ok)
        let second = try await http.get("/2").expect(status: .ok)
        #expect(
          second.connection == HTTPConnectionUse(number: 2, earlierExchanges: 0, repeatedAfter: 1))
        #expect(second.timings.connect != nil)
        #expect(
          second.description.contains(
            "\n  over      connection 2; sent again, as the server had closed connection 1\n"))
        let third = try await http.put("/3", .text("abc")).expect(status: .ok)
        #expect(third.connection?.number == 3)
        #expect(third.connection?.repeatedAfter == 2)
        #expect(
          server.requests == ["1 GET /1", "1 GET /2", "2 GET /2", "2 PUT /3", "3 PUT /3"])
      }
    }
  }

  @Test func `are sent again once`() async throws {
    let server = ScriptedConnections([.ok, .close], [.close])
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    try await http.get("/1").expect(status: .ok)
    let error = try #require(await http.outcome(.get, "/2").error)
    #expect(error.code == .connectionClosed)
    #expect(error.reason == "no response: the server closed the connection")
    #expect(error.connection?.repeatedAfter == 1)
    #expect(server.requests == ["1 GET /1", "1 GET /2", "2 GET /2"])
    await pool.close()
  }

  @Test(arguments: ByteReach.allCases)
  func `fail where they are not idempotent and the server had closed their connection`(
    reach: ByteReach
  ) async throws {
    let server = ScriptedConnections([.ok, .close], [.ok, .ok, .reset])
    try await reach.reach(server) { transport in
      try await withHTTPConnectionPool(transport, idleTimeout: .seconds(3_600)) { pooled in
        let http = HTTPDriver(pooled)
        try await http.get("/1").expect(status: .ok)
        let error = try #require(await http.outcome(.post, "/2", .text("a")).error)
        #expect(error.code == .connectionClosed)
        #expect(
          error.reason == """
            no response: the server closed connection 1, which was kept after 1 exchange; POST is \
            not idempotent, so it is not sent again (RFC 9110, section 9.2.2)
            """)
        #expect(error.timings.connect == nil)
        try await http.get("/3").expect(status: .ok)
        try await http.get("/4").expect(status: .ok)
        let stream = AsyncStream<[UInt8]> { continuation in
          continuation.yield([1])
          continuation.finish()
        }
        let reset = try #require(await http.outcome(.put, "/5", .stream(stream)).error)
        // A write that comes after the reset hears of a broken pipe, before a read hears of the reset.
        #expect([.connectionReset, .connectionClosed].contains(reset.code))
        let verb = reset.code == .connectionReset ? "reset" : "closed"
        #expect(
          reset.reason == """
            no response: the server \(verb) connection 2, which was kept after 2 exchanges; the \
            request's body is sent in pieces, so it is not sent again
            """)
        #expect(
          server.requests == [
            "1 GET /1", "1 POST /2", "2 GET /3", "2 GET /4", "2 PUT /5",
          ])
      }
    }
  }

  /// An exchange may end in the very turn of the event loop in which its connection stands.
  @Test func `take a connection for kept that was parked before it carried anything`() async throws
  {
    let pool = ConnectionPool(to: ScriptedConnections())
    try await pool.parkUnused()
    let exchange = try await HTTPDriver(pool.transport).post("/", .text("a")).expect(status: .ok)
    #expect(exchange.connection?.description == "1, which had carried no exchange")
    #expect(exchange.connection?.isReused == true)
    #expect(exchange.timings.connect == nil)
    await pool.close()
  }

  @Test func `are sent again, or not, where it was closed before it carried anything`() async throws
  {
    let pool = ConnectionPool(to: ScriptedConnections([.close], [.close]))
    let http = HTTPDriver(pool.transport)
    try await pool.parkUnused()
    let error = try #require(await http.outcome(.post, "/", .text("a")).error)
    #expect(
      error.reason == """
        no response: the server closed connection 1, which was kept and had carried nothing; POST is \
        not idempotent, so it is not sent again (RFC 9110, section 9.2.2)
        """)
    try await pool.parkUnused()
    let second = try await http.get("/").expect(status: .ok)
    #expect(
      second.connection == HTTPConnectionUse(number: 3, earlierExchanges: 0, repeatedAfter: 2))
    await pool.close()
  }

  @Test func `fail with the connection that the server had closed`() async throws {
    let texts = try await failureTexts {
      let pool = ConnectionPool(to: ScriptedConnections([.ok, .close]))
      let http = HTTPDriver(pool.transport)
      _ = try await http.get("/orders")
      try await closing(pool) { try await http.post("/orders", .text("a")) }
    }
    #expect(
      texts == [
        """
        POST /orders: no response: the server closed connection 1, which was kept after 1 exchange; \
        POST is not idempotent, so it is not sent again (RFC 9110, section 9.2.2)
          request   POST /orders
                    Content-Type: text/plain; charset=utf-8
                    Content-Length: 1
                    1 byte: a
          over      connection 1, which had carried 1 exchange
          repeat    curl -i -X POST -H 'Content-Type: text/plain; charset=utf-8' --data-binary 'a' "$SERVICE/orders"
        """
      ])
  }

  /// Closes the pool also where the exchange fails.
  private func closing(
    _ pool: ConnectionPool, _ exchange: () async throws -> HTTPExchange
  ) async throws {
    let result: Result<HTTPExchange, any Error>
    do {
      result = .success(try await exchange())
    } catch {
      result = .failure(error)
    }
    await pool.close()
    _ = try result.get()
  }

  @Test func `fail where an answer had begun`() async throws {
    let server = ScriptedConnections([.ok, .answer("HTTP/1.1 2", then: .close)])
    let pool = ConnectionPool(to: server)
    let http = HTTPDriver(pool.transport)
    try await http.get("/1").expect(status: .ok)
    let error = try #require(await http.outcome(.get, "/2").error)
    #expect(error.code == .connectionClosed)
    #expect(error.reason == "no response: the server closed the connection")
    #expect(error.connection?.isReused == true)
    await pool.close()
  }
}

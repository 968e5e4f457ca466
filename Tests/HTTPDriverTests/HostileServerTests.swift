import HTTPDriver
import HarnessLoopback
import HarnessProcess
import Testing
import Waiters

@Suite struct `Hostile servers` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: ServerScript
    let code: HTTPExchangeError.Code
    /// The reason; for a deadline its end.
    let reason: String

    init(
      _ name: String, _ answer: String, then ending: ServerScript.Ending,
      _ code: HTTPExchangeError.Code, _ reason: String
    ) {
      testDescription = name
      script = ServerScript(answer, then: ending)
      self.code = code
      self.reason = reason
    }
  }

  static let cases = [
    Case(
      "no answer", "", then: .hold, .timedOut, "set by this wait: waiting for the response's head"),
    Case(
      "half a head", "HTTP/1.1 200 OK\r\nContent-", then: .hold, .timedOut,
      "set by this wait: waiting for the response's head"),
    Case(
      "half a body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234", then: .hold, .timedOut,
      "set by this wait: after 5 of 10 bytes of the response's body"),
    Case(
      "closes at once", "", then: .close, .connectionClosed,
      "no response: the server closed the connection"),
    Case(
      "closes within the head", "HTTP/1.1 200 OK\r\nContent-", then: .close, .connectionClosed,
      "no response: the server closed the connection"),
    Case(
      "closes within the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234",
      then: .close, .responseCutOff,
      "response cut off after 5 of 10 bytes of its body: the server closed the connection"),
    Case(
      "closes within a chunk",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n012", then: .close,
      .responseCutOff,
      "response cut off after 3 bytes of its body: the server closed the connection"),
    Case(
      "bad chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", then: .hold,
      .malformedResponse,
      "response cut off after 0 bytes of its body: what came is not HTTP/1.1 (invalid character in chunk size header)"
    ),
    Case(
      "resets", "", then: .reset, .connectionReset, "no response: the server reset the connection"),
    Case(
      "speaks another protocol", "SSH-2.0-OpenSSH_9.2\r\n", then: .hold, .malformedResponse,
      "no response: what came is not HTTP/1.1 (invalid constant string)"),
    Case(
      "garbage", "\u{0}\u{1}\u{2}\u{3}", then: .hold, .malformedResponse,
      "no response: what came is not HTTP/1.1 (invalid constant string)"),
    Case(
      "a status that is no number", "HTTP/1.1 abc OK\r\n\r\n", then: .hold, .malformedResponse,
      "no response: what came is not HTTP/1.1 (invalid HTTP status code)"),
    Case(
      "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n0",
      then: .hold, .malformedResponse,
      "no response: what came is not HTTP/1.1 (unexpected content-length header)"),
    Case(
      "a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n0", then: .hold,
      .malformedResponse,
      "no response: what came is not HTTP/1.1 (invalid character in content-length header)"),
    Case(
      "endless header", "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 200_000),
      then: .hold, .malformedResponse,
      "no response: what came is not HTTP/1.1 (too many header bytes seen; overflow detected)"),
    Case(
      "endless fields", "HTTP/1.1 200 OK\r\n", then: .flood(Array("X-A: b\r\n".utf8)),
      .malformedResponse,
      "no response: what came is not HTTP/1.1 (too many header bytes seen; overflow detected)"),
    Case(
      "endless body", "HTTP/1.1 200 OK\r\n\r\n", then: .flood(Array(repeating: 0, count: 64 << 10)),
      .responseTooLarge, "the response's body is longer than 16777216 bytes"),
    Case(
      "endless chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
      then: .flood(
        Array("4000\r\n".utf8) + Array(repeating: 0, count: 0x4000) + Array("\r\n".utf8)),
      .responseTooLarge, "the response's body is longer than 16777216 bytes"),
    Case(
      "endless trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
      then: .flood(Array("X-A: b\r\n".utf8)), .malformedResponse,
      "response cut off after 0 bytes of its body: what came is not HTTP/1.1 (too many header bytes seen; overflow detected)"
    ),
    Case(
      "endless informational responses", "",
      then: .flood(Array("HTTP/1.1 102 Processing\r\n\r\n".utf8)), .malformedResponse,
      "no response: more than 100 informational responses came"),
    Case(
      "10 GB announced, then silence",
      "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n01234",
      then: .hold, .timedOut,
      "set by this wait: after 5 of 10000000000 bytes of the response's body"),
    Case(
      "10 GB sent", "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n",
      then: .flood(Array(repeating: 0, count: 64 << 10)), .responseTooLarge,
      "the response's body is longer than 16777216 bytes"),
    Case(
      "length and chunks (smuggling, RFC 9112 6.3)",
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      then: .hold, .malformedResponse,
      "no response: what came is not HTTP/1.1 (unknown (http_parser error))"),
    Case(
      "a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", then: .hold,
      .malformedResponse,
      "no response: what came is not HTTP/1.1 (invalid character in content-length header)"),
    Case(
      "a length beyond 64 bits",
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", then: .hold,
      .malformedResponse,
      "no response: what came is not HTTP/1.1 (invalid character in content-length header)"),
    Case(
      "a chunk size beyond 64 bits",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", then: .hold,
      .malformedResponse,
      "response cut off after 0 bytes of its body: what came is not HTTP/1.1 (invalid character in chunk size header)"
    ),
    Case(
      "a chunk longer than its size (smuggling, RFC 9112 7.1)",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", then: .hold,
      .malformedResponse,
      "response cut off after 3 bytes of its body: what came is not HTTP/1.1 (strict mode assertion)"
    ),
    Case(
      "resets within the head", "HTTP/1.1 200 OK\r\nContent-", then: .reset, .connectionReset,
      "no response: the server reset the connection"),
    Case(
      "resets within the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234", then: .reset,
      .connectionReset,
      "response cut off after 5 of 10 bytes of its body: the server reset the connection"),
    Case(
      "a reset instead of 100 Continue's end", "HTTP/1.1 100 Continue\r\n\r\n", then: .reset,
      .connectionReset, "no response: the server reset the connection"),
  ]

  @Test(arguments: cases)
  func `give a clear error within the deadline`(_ hostile: Case) async throws {
    try await withScriptedServer(hostile.script) { server in
      let http = HTTPDriver(server.address)
      // Long enough for the half that comes, on a busy machine.
      let deadline: Duration = hostile.code == .timedOut ? .seconds(3) : .seconds(20)
      let error = try #require(await http.outcome(.get, "/", within: deadline).error)
      #expect(error.code == hostile.code)
      #expect(error.reason.hasSuffix(hostile.reason), "\(error.reason)")
    }
  }

  @Test func `keep what came of the response`() async throws {
    let script = ServerScript("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234", then: .close)
    try await withScriptedServer(script) { server in
      let error = try #require(await HTTPDriver(server.address).outcome(.get, "/").error)
      #expect(error.response?.status == .ok)
      #expect(error.body == Array("01234".utf8))
    }
  }

  @Test func `a body that ends with the connection is complete`() async throws {
    try await withScriptedServer(ServerScript("HTTP/1.1 200 OK\r\n\r\nhello", then: .close)) {
      let exchange = try await HTTPDriver($0.address).get("/").expect(status: .ok)
      #expect(exchange.text == "hello")
    }
  }

  @Test func `nobody listens`() async throws {
    let held = try LoopbackSocket.holding()
    defer { held.close() }
    let port = held.port
    let http = HTTPDriver("http://127.0.0.1:\(port)")
    let error = try #require(await http.outcome(.get, "/").error)
    #expect(error.code == .connectionRefused)
    #expect(error.reason == "no response: 127.0.0.1:\(port) refused the connection")
  }

  @Test func `an early answer ends an upload that would never end`() async throws {
    let script = ServerScript(
      "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n", then: .hold)
    try await withScriptedServer(script) { server in
      let endless = AsyncStream<[UInt8]> { $0.yield([1]) }
      try await HTTPDriver(server.address).post("/", .stream(endless))
        .expect(status: .contentTooLarge)
    }
  }
}

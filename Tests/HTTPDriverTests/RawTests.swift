import HTTPDriver
import HarnessLoopback
import Testing
import Waiters

@Suite struct `Raw bytes` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: String
    let outcome: String

    init(_ rule: String, _ bytes: String, _ outcome: String) {
      testDescription = rule
      self.bytes = bytes
      self.outcome = outcome
    }
  }

  /// What the HTTP/1.1 pipeline of swift-nio makes of requests that are no HTTP, or not only one.
  static let cases = [
    Case("a plain request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "accepted with 200"),
    Case("RFC 9112 3: no request line", "nonsense\r\n\r\n", "rejected with 400"),
    Case(
      "RFC 9112 5.1: space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
      "rejected with 400"),
    Case(
      "RFC 9112 6.3: two lengths",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "rejected with 400"),
    Case(
      "RFC 9112 6.3: a length that is no number",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "rejected with 400"),
    Case(
      "RFC 9112 6.1: length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "rejected with 400"),
    Case(
      "RFC 9112 7.1: a chunk size that is no number",
      "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "rejected with 400"),
    Case("half a head", "GET / HTTP/1.1\r\nHost: a\r\n", "no answer by the deadline"),
  ]

  let handler: HTTPHandler = { request, body in
    if request.path == "/read" { _ = try await body.bytes() }
    return HTTPReply(.ok, .text("\(request.method)"))
  }

  @Test(arguments: cases, [Reach.memory, .tcp, .unixSocket])
  func `have an outcome as a value`(_ example: Case, reach: Reach) async throws {
    try await reach.drive(handler) { http in
      let isSilent = example.outcome.hasPrefix("no answer")
      let outcome = await http.raw(
        example.bytes, within: isSilent ? .seconds(1) : .seconds(20))
      #expect("\(outcome)" == example.outcome)
    }
  }

  @Test(arguments: [Reach.memory, .tcp])
  func `are cut where the test says`(reach: Reach) async throws {
    try await reach.drive(handler) { http in
      let outcome = await http.raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n", inPieces: [1])
      #expect(outcome.status == 200)
    }
  }

  @Test func `that are closed upon or reset say so`() async throws {
    for (ending, expected) in [
      (ServerScript.Ending.close, "closed without an answer"), (.reset, "reset without an answer"),
    ] {
      try await withScriptedServer(ServerScript("", then: ending)) { server in
        #expect("\(await HTTPDriver(server.address).raw("\r\n\r\n"))" == expected)
      }
    }
  }

  @Test func `in process fail and say why`() async throws {
    guard case .failed(let error) = await HTTPDriver(.handler(handler)).raw("x") else {
      Issue.record("not failed")
      return
    }
    #expect(error.code == .misuse)
    #expect(
      error.reason == "sending raw bytes needs a connection, and a handler in process has none")
  }

  @Test func `are repeated by nc`() async throws {
    try await withHTTPServer(handler) { server in
      let outcome = await HTTPDriver(server.address).raw("GET /it's HTTP/1.1\r\nHost: a\r\n\r\n")
      guard case .accepted(let exchange) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      let line = "\(exchange)".split(separator: "\n").last ?? ""
      let text = #"printf '%s' $'GET /it\'s HTTP/1.1\r\nHost: a\r\n\r\n'"#
      #expect(line == "  repeat    \(text) | nc 127.0.0.1 \(server.port)")
    }
  }
}

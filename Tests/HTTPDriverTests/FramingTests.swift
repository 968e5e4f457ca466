import HTTPDriver
import HarnessLoopback
import Testing

/// Where a response ends, and what of it counts.
///
/// Source: RFC 9112, section 6.3, and RFC 9110, section 15.2.
@Suite struct `The framing of responses` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var method = HTTPRequest.Method.get
    let answer: String
    var ending = ServerScript.Ending.hold
    var status = 200
    var body = ""
  }

  static let cases = [
    Case(
      testDescription: "informational responses come first",
      answer: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", body: "hi"),
    Case(
      testDescription: "204 has no body, whatever it says",
      answer: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", status: 204),
    Case(
      testDescription: "304 has no body, whatever it says",
      answer: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", status: 304),
    Case(
      testDescription: "an answer to HEAD has no body, whatever it says", method: .head,
      answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
    Case(
      testDescription: "chunks, with extensions and trailers",
      answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nDigest: x\r\n\r\n", body: "abcde"),
    Case(
      testDescription: "a length of nothing",
      answer: "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", status: 500),
    Case(
      testDescription: "a reason phrase of nothing",
      answer: "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx", body: "x"),
    Case(
      testDescription: "Connection: close without a length",
      answer: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end", ending: .close,
      body: "to the end"),
    Case(
      testDescription: "a second response behind the first is none of ours",
      answer: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 500 Oh\r\n\r\n", body: "x"),
    Case(
      testDescription: "the highest status",
      answer: "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", status: 999),
  ]

  @Test(arguments: cases)
  func `is kept`(_ framing: Case) async throws {
    try await withScriptedServer(ServerScript(framing.answer, then: framing.ending)) { server in
      let exchange = try await HTTPDriver(server.address).send(framing.method, "/")
      #expect(exchange.status.code == framing.status)
      #expect(exchange.text == framing.body)
    }
  }

  @Test func `keeps fields that repeat, in their order`() async throws {
    let answer =
      "HTTP/1.1 200 OK\r\nX-A: 1\r\nSet-Cookie: a=1\r\nx-a: 2\r\nSet-Cookie: b=2\r\n"
      + "Content-Length: 0\r\n\r\n"
    try await withScriptedServer(ServerScript(answer, then: .hold)) { server in
      let exchange = try await HTTPDriver(server.address).get("/")
      #expect(try exchange.expectHeader("X-A") == "1, 2")
      #expect(exchange.response.headerFields[values: .setCookie] == ["a=1", "b=2"])
    }
  }

  @Test(
    arguments: ["000", "099", "1000", "20", "-20"])
  func `takes no status that is none`(status: String) async throws {
    let script = ServerScript("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n", then: .close)
    try await withScriptedServer(script) { server in
      // What the number means is the caller's; that nothing is trapped is the point.
      switch await HTTPDriver(server.address).outcome(.get, "/") {
      case .response(let exchange): #expect(exchange.status.code == Int(status))
      case .failed(let error):
        #expect([.malformedResponse, .connectionClosed].contains(error.code), "\(error.reason)")
      case .cancelled: Issue.record("cancelled")
      }
    }
  }

  @Test(arguments: Reach.allCases)
  func `holds below a limit of nothing and of less`(reach: Reach) async throws {
    for limit in [0, -1] {
      try await reach.drive(responseLimit: limit, { _, _ in HTTPReply(.ok, .text("x")) }) { http in
        let error = try #require(await http.outcome(.get, "/").error)
        #expect(error.code == .responseTooLarge)
        #expect(error.body.isEmpty)
      }
    }
  }
}

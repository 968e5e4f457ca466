import HTTPTypes
import HarnessLoopback
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `The framing of replies` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var handler: HTTPHandler = { _, _ in HTTPReply(.ok, .text("hello", contentType: "a/b")) }
    let requests: String
    let answers: String

    init(
      _ rule: String, _ requests: [String], _ answers: String, _ handler: HTTPHandler? = nil
    ) {
      testDescription = rule
      self.requests = requests.map { "\($0)\r\n\r\n" }.joined()
      self.answers = answers.replacing("\n", with: "\r\n")
      if let handler { self.handler = handler }
    }
  }

  static let last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close"
  static let lastAnswer =
    "HTTP/1.1 200 OK\nContent-Type: a/b\nContent-Length: 5\nConnection: close\n\nhello"

  /// Answers as the path says.
  static let handler: HTTPHandler = { request, body in
    switch request.path {
    case "/204": HTTPReply(.noContent, .text("none", contentType: "a/b"))
    case "/204/length":
      HTTPReply(.noContent, .empty, headers: [.contentLength: "5", .transferEncoding: "chunked"])
    case "/205": HTTPReply(.resetContent, .bytes([65], contentType: nil))
    case "/304": HTTPReply(.notModified, .text("none", contentType: "a/b"))
    case "/304/length": HTTPReply(.notModified, .empty, headers: [.contentLength: "5"])
    case "/stream": HTTPReply(.ok, stream("ab", "c"))
    case "/trailers":
      HTTPReply(.ok, stream("ab").withTrailers([.init("X-Sum")!: "1"]))
    case "/chunked":
      HTTPReply(.ok, .bytes([65], contentType: nil), headers: [.transferEncoding: "Chunked"])
    case "/close":
      HTTPReply(.ok, .bytes([65], contentType: nil), headers: [.connection: "x, Close"])
    case "/empty": HTTPReply()
    case "/early": early()
    case "/read": HTTPReply(.ok, .bytes(try await body.bytes(), contentType: nil))
    default: HTTPReply(.ok, .text("hello", contentType: "a/b"))
    }
  }

  private static func stream(_ pieces: String...) -> HTTPBody {
    .stream(
      AsyncStream { continuation in
        for piece in pieces { continuation.yield(Array(piece.utf8)) }
        continuation.finish()
      }, contentType: nil)
  }

  private static func early() -> HTTPReply {
    var reply = HTTPReply(.ok)
    reply.informational = [HTTPResponse(status: .earlyHints)]
    return reply
  }

  static let cases = [
    // RFC 9110, section 9.3.2: no body; what a GET would have had is told where it is known.
    Case(
      "HEAD", ["HEAD / HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\nContent-Type: a/b\nContent-Length: 5\n\n" + lastAnswer),
    Case(
      "HEAD of a stream", ["HEAD /stream HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\n\n" + lastAnswer),
    Case(
      "HEAD of what is framed by hand", ["HEAD /chunked HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\nContent-Length: 1\n\n" + lastAnswer),
    // RFC 9110, section 9.3.6: neither field.
    Case(
      "CONNECT", ["CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\nConnection: close"],
      "HTTP/1.1 200 OK\nContent-Type: a/b\nConnection: close\n\n"),
    Case(
      "HEAD of nothing", ["HEAD /empty HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\n\n" + lastAnswer),
    // RFC 9110, section 8.6, and RFC 9112, section 6.1: neither field.
    Case(
      "204", ["GET /204 HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 204 No Content\nContent-Type: a/b\n\n" + lastAnswer),
    Case(
      "204 with a length", ["GET /204/length HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 204 No Content\n\n" + lastAnswer),
    // RFC 9110, section 15.3.6.
    Case(
      "205", ["GET /205 HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 205 Reset Content\nContent-Length: 0\n\n" + lastAnswer),
    // RFC 9110, section 8.6: a 304 may say what the 200 would have had.
    Case(
      "304", ["GET /304 HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 304 Not Modified\nContent-Type: a/b\n\n" + lastAnswer),
    Case(
      "304 with a length", ["GET /304/length HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 304 Not Modified\nContent-Length: 5\n\n" + lastAnswer),
    // RFC 9112, sections 6.1 and 7.1.
    Case(
      "a stream", ["GET /stream HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nab\n1\nc\n0\n\n" + lastAnswer),
    Case(
      "chunks by hand", ["GET /chunked HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nA\n0\n\n" + lastAnswer),
    Case(
      "trailers", ["GET /trailers HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nab\n0\nX-Sum: 1\n\n" + lastAnswer),
    // RFC 9112, sections 9.3 and 9.6.
    Case(
      "close, asked for", ["GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE", last], lastAnswer),
    Case(
      "close, by the handler", ["GET /close HTTP/1.1\r\nHost: a", last],
      "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 1\n\nA"),
    Case(
      "close, with a body that is not read",
      ["POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4", last], lastAnswer),
    Case("HTTP/1.0", ["GET / HTTP/1.0", last], lastAnswer),
    Case(
      "HTTP/1.0 that goes on", ["GET / HTTP/1.0\r\nConnection: Keep-Alive", last],
      "HTTP/1.1 200 OK\nContent-Type: a/b\nContent-Length: 5\nConnection: keep-alive\n\nhello"
        + lastAnswer),
    Case(
      "HTTP/1.0 knows no chunks", ["GET /stream HTTP/1.0\r\nConnection: keep-alive", last],
      "HTTP/1.1 200 OK\nConnection: close\n\nabc"),
    Case(
      "HTTP/1.0 knows no trailers", ["GET /trailers HTTP/1.0", last],
      "HTTP/1.1 200 OK\nConnection: close\n\nab"),
    Case(
      "HTTP/1.0 knows no 1xx", ["GET /early HTTP/1.0", last],
      "HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n"),
    Case(
      "HTTP/1.0 waits for no 100",
      ["POST /read HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 4", last],
      "HTTP/1.1 200 OK\nContent-Length: 4\nConnection: close\n\nGET "),
    // RFC 9110, section 10.1.1: what follows may be the body or the next request.
    Case(
      "a body that was not asked for",
      ["POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4", last],
      lastAnswer),
    // RFC 9112, section 3.2, and RFC 9110, section 15.6.6.
    Case(
      "no host", ["GET / HTTP/1.1", last],
      "HTTP/1.1 400 Bad Request\nContent-Length: 0\nConnection: close\n\n"),
    Case(
      "two hosts", ["GET / HTTP/1.1\r\nHost: a\r\nHost: a", last],
      "HTTP/1.1 400 Bad Request\nContent-Length: 0\nConnection: close\n\n"),
    Case(
      "two hosts and a body",
      ["POST / HTTP/1.1\r\nHost: a\r\nHost: a\r\nContent-Length: 4", last],
      "HTTP/1.1 400 Bad Request\nContent-Length: 0\nConnection: close\n\n"),
    Case(
      "a version that is another protocol", ["GET / HTTP/2.0\r\nHost: a", last],
      "HTTP/1.1 505 HTTP Version Not Supported\nContent-Length: 0\nConnection: close\n\n"),
  ]

  /// Bodies of four bytes follow a head that announces them: the first of what comes next.
  @Test(arguments: cases)
  func `is that of the RFC, to the byte`(_ example: Case) async throws {
    let stream = try await MemoryConnector { channel, _ in
      try HandlerConnection.furnish(channel, handler: Self.handler)
    }.stream()
    #expect(try await stream.answers(to: example.requests) == example.answers)
  }

  /// Every way to end a body, through every transport: the same exchanges.
  @Test func `is the same over every transport`() async throws {
    try await withHTTPService(Self.handler) { tcp in
      try await expectSameExchanges(over: [.handler(Self.handler), .memory(Self.handler), tcp]) {
        http in
        for path in [
          "/204", "/204/length", "/205", "/304", "/304/length", "/stream", "/trailers", "/chunked",
          "/empty", "/early", "/other",
        ] {
          for method in [HTTPRequest.Method.get, .head, .post] {
            let exchange = try await http.send(method, path)
            if [204, 205, 304].contains(exchange.status.code) || method == .head {
              #expect(exchange.body.isEmpty)
              #expect(exchange.response.headerFields[.transferEncoding] == nil)
            }
          }
        }
      }
    }
    // Fields of the framing too, which a handler in process has only from the handler itself.
    for transport in [HTTPTransport.handler(Self.handler), .memory(Self.handler)] {
      let http = HTTPDriver(transport)
      let lengths: [(String, String?)] = [
        ("/204/length", nil), ("/205", "0"), ("/304/length", "5"), ("/304", nil),
      ]
      for (path, length) in lengths {
        #expect(try await http.get(path).response.headerFields[.contentLength] == length)
      }
    }
  }

  @Test(arguments: [
    ("5", "abc", "an HTTPReply whose Content-Length says 5 and whose body has 3 bytes"),
    (
      "2", "abc", "an HTTPReply whose Content-Length says 2 and whose body has more, 3 bytes so far"
    ),
    ("x", "abc", "an HTTPReply with the Content-Length \"x\", which is no number"),
    ("1, 1", "a", "an HTTPReply with the Content-Length \"1, 1\", which is no number"),
  ])
  func `is refused where the handler lies of it`(
    _ length: String, _ body: String, _ reason: String
  ) async throws {
    for isStream in [false, true] {
      let handler: HTTPHandler = { _, _ in
        let body = isStream ? Self.stream(body) : .text(body)
        return HTTPReply(.ok, body, headers: [.contentLength: length])
      }
      for reach in Reach.allCases {
        try await reach.drive(handler) { http in
          let error = try #require(await http.outcome(.get, "/").error)
          if http.capabilities.contains(.sockets) {
            let codes: [HTTPExchangeError.Code] = [
              .connectionClosed, .responseCutOff, .streamReset,
            ]
            #expect(codes.contains(error.code), "\(error)")
          } else {
            #expect(error.code == .handlerFailed)
            #expect(error.reason.hasSuffix("the handler threw \(reason)"), "\(error.reason)")
          }
        }
      }
    }
  }

  @Test func `is refused where it is no framing`() async throws {
    let handler: HTTPHandler = { _, _ in
      HTTPReply(.ok, .text("a"), headers: [.transferEncoding: "gzip, chunked"])
    }
    let error = try #require(await HTTPDriver(.handler(handler)).outcome(.get, "/").error)
    #expect(
      error.reason == """
        no response: the handler threw an HTTPReply with the Transfer-Encoding "gzip, chunked"; only "chunked" is \
        written, and needs no field
        """)
  }
}

@Suite struct `Bytes that are no HTTP, at a server` {
  private func state(_ events: (inout ServedConnectionState) -> Void) -> ServedConnectionState {
    var state = ServedConnectionState()
    events(&state)
    return state
  }

  @Test func `are answered with a 400 between requests, and before an answer`() {
    let states = [
      state { _ in }, state { $0.requestBegan() },
      state {
        $0.requestBegan()
        $0.requestEnded()
        $0.answerBegan(isLast: false)
        $0.answerEnded()
      },
    ]
    for var state in states {
      #expect(state.receivedNonsense() == .refuse)
      #expect(state.isRefused)
      // The rest of them, in the body of a request that goes on or behind its end.
      #expect(state.receivedNonsense() != .refuse)
    }
  }

  @Test func `end a connection on which an answer has begun`() {
    var begun = state {
      $0.requestBegan()
      $0.answerBegan(isLast: false)
    }
    #expect(begun.receivedNonsense() == .close)
    begun.answerEnded()
    #expect(begun.receivedNonsense() == .close)
  }

  @Test func `are nothing behind the last request`() {
    var last = state {
      $0.requestBegan()
      $0.answerBegan(isLast: true)
      $0.answerEnded()
    }
    #expect(last.receivedNonsense() == .close)
    last.requestEnded()
    #expect(last.receivedNonsense() == .ignore)
  }

  /// A handler that goes on although the body of its request is none writes nothing behind the 400.
  @Test func `are answered once`() async throws {
    let stream = try await MemoryConnector { channel, _ in
      try HandlerConnection.furnish(channel) { _, body in
        let bytes = try? await body.bytes()
        return HTTPReply(.ok, .text("read \(bytes?.count ?? -1)"))
      }
    }.stream()
    let answers = try await stream.answers(
      to: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    #expect(
      answers
        == "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
  }
}

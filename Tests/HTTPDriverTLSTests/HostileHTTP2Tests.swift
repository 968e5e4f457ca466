#if TLS
  import Foundation
  import HTTPTypes
  import HarnessLoopback
  import NIOCore
  import NIOHTTP2
  import Testing
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  @Suite struct `Hostile HTTP/2 servers` {
    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let script: FrameScript
      let code: HTTPExchangeError.Code
      let reason: String

      init(
        _ name: String, _ script: FrameScript, _ code: HTTPExchangeError.Code, _ reason: String
      ) {
        testDescription = name
        self.script = script
        self.code = code
        self.reason = reason
      }
    }

    static let hello = Frame(kind: .data, payload: Array("hello".utf8))

    static let cases =
      [
        ("NO_ERROR (0x0)", 0), ("PROTOCOL_ERROR (0x1)", 1), ("INTERNAL_ERROR (0x2)", 2),
        ("REFUSED_STREAM (0x7)", 7), ("CANCEL (0x8)", 8), ("ENHANCE_YOUR_CALM (0xb)", 11),
        ("HTTP_1_1_REQUIRED (0xd)", 13), ("0x2a", 42),
      ].map { name, code in
        Case(
          "a stream reset with \(name)", FrameScript([.settings, .reset(UInt8(code))]),
          .streamReset, "no response: the server reset the stream: \(name)")
      } + [
        Case(
          "a stream reset in the body", FrameScript([.settings, .ok(), hello, .reset(2)]),
          .streamReset,
          "response cut off after 5 bytes of its body: the server reset the stream: INTERNAL_ERROR (0x2)"
        ),
        Case(
          "GOAWAY for the stream, with a reason",
          FrameScript([.settings, .goAway(last: 0, 11, "too many of you")]), .connectionClosed,
          "no response: the server ended the connection: GOAWAY ENHANCE_YOUR_CALM (0xb) \"too many of you\""
        ),
        Case(
          "GOAWAY within the body, then the end",
          FrameScript([.settings, .ok(), hello, .goAway(last: 1, 2, "")], then: .close),
          .connectionClosed,
          "response cut off after 5 bytes of its body: the server ended the connection: GOAWAY INTERNAL_ERROR (0x2)"
        ),
        Case(
          "closes at once", FrameScript([], then: .close), .connectionClosed,
          "no response: the server closed the connection"),
        Case(
          "closes in the body", FrameScript([.settings, .ok(), hello], then: .close),
          .responseCutOff,
          "response cut off after 5 bytes of its body: the server closed the connection"),
        Case(
          "resets the connection", FrameScript([], then: .reset), .connectionReset,
          "no response: the server reset the connection"),
        Case(
          "answers in HTTP/1.1",
          FrameScript(bytes: Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8)),
          .malformedResponse,
          """
          no response: what came is HTTP/1.1 in the clear ("HTTP/1.1 400 Bad Request"); the server speaks no HTTP/2 without \
          TLS there, so use .address("http://…")
          """),
        Case(
          "a body before its head", FrameScript([.settings, hello]), .malformedResponse,
          "no response: what came is not HTTP/2 ("),
        Case(
          "no status",
          FrameScript([
            .settings,
            Frame(kind: .headers, flags: Frame.endHeaders, payload: [0x0f, 0x0d, 1, 0x30]),
          ]), .malformedResponse, "no response: what came is not HTTP/2 ("),
        Case(
          "a frame longer than allowed",
          FrameScript(bytes: Frame.settings.bytes + [0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]),
          .malformedResponse, "no response: what came is not HTTP/2 ("),
        Case(
          "a reset of the stream after GOAWAY in good order",
          FrameScript([.settings, .goAway(last: 1, 0, ""), .ok(), hello, .reset(2)]), .streamReset,
          "response cut off after 5 bytes of its body: the server reset the stream: INTERNAL_ERROR (0x2)"
        ),
        Case(
          "a body before its head, after GOAWAY in good order",
          FrameScript([.settings, .goAway(last: 1, 0, ""), hello]), .malformedResponse,
          "no response: what came is not HTTP/2 ("),
        Case(
          "101 and a second head (RFC 9113, section 8.6)",
          FrameScript([.settings, .head(status: "101"), .ok()]), .malformedResponse,
          "no response: what came is not HTTP/2 (the status is 101, and no stream leaves HTTP by it)"
        ),
        Case(
          "an informational head that ends the stream (RFC 9113, section 8.1)",
          FrameScript([.settings, .head(status: "103", isLast: true)]), .malformedResponse,
          "no response: what came is not HTTP/2 (the stream ends with the status 103)"),
      ]
      + ["1000", "2000", "", "-5", "20", "2xx", "099", "٢٠٠"].map { status in
        Case(
          "the status \"\(status)\"", FrameScript([.settings, .head(status: status), .ok()]),
          .malformedResponse,
          "no response: what came is not HTTP/2 (the status is \"\(status)\")")
      } + [
        Case(
          "no answer", FrameScript([.settings]), .timedOut,
          "waiting for the response's head"),
        Case(
          "half a body", FrameScript([.settings, .ok(), hello]), .timedOut,
          "after 5 bytes of the response's body"),
      ]

    @Test(arguments: cases)
    func `give a clear error within the deadline`(_ hostile: Case) async throws {
      try await withFrameServer(hostile.script) { address in
        // Long enough for the half that comes, on a busy machine.
        let deadline: Duration = hostile.code == .timedOut ? .seconds(3) : .seconds(20)
        let http = HTTPDriver(.http2(address))
        let end = Deadline.effective(within: deadline).instant
        let error = try #require(await http.outcome(.get, "/", within: deadline).error)
        #expect(end.duration(to: .now) < lateness)
        #expect(error.code == hostile.code)
        let isThere =
          hostile.code == .timedOut
          ? error.reason.hasSuffix(hostile.reason)
          : hostile.reason.hasSuffix("(")
            ? error.reason.hasPrefix(hostile.reason) : error.reason == hostile.reason
        #expect(isThere, "\(error.reason)")
      }
    }

    @Test func `an end of the connection in good order loses no answer`() async throws {
      let script = FrameScript([
        .settings, .goAway(last: 1, 0, "bye"), .ok(), Self.hello,
        Frame(kind: .data, flags: Frame.endStream),
      ])
      try await withFrameServer(script) { address in
        let exchange = try await HTTPDriver(.http2(address)).get("/").expect(status: .ok)
        #expect(exchange.text == "hello")
        #expect(exchange.response.headerFields[.transferEncoding] == nil)
      }
    }

    /// One connection, one packet: a stream is reset, and on another one a body comes before its head.
    @Test func `end each stream for its own reason`() async throws {
      var script = FrameScript([
        .settings, .reset(7), Frame(kind: .data, stream: 3, payload: Array("hello".utf8)),
      ])
      script.heads = 2
      try await withFrameServer(script) { address in
        try await withHTTP2Connection(.http2(address)) { shared in
          let http = HTTPDriver(shared)
          async let one = http.outcome(.get, "/1").error
          async let other = http.outcome(.get, "/2").error
          let codes = await [one?.code, other?.code]
          #expect(Set(codes) == [.streamReset, .malformedResponse])
        }
      }
    }

    private static let endings: [(any Error, String?)] = [
      (
        IOError(errnoCode: ECONNRESET, reason: "read"),
        "the server reset the connection"
      ),
      (
        NIOHTTP2Errors.excessiveEmptyDataFrames(),
        "the server sends more than is taken in (ExcessiveEmptyDataFrames)"
      ),
      (NIOHTTP2Errors.invalidStatusValue("x"), nil),
    ]

    /// What breaks the connection may be heard between the end of a stream and the reason for it.
    @Test(arguments: endings)
    func `that break the connection are told from those that break a rule on a stream`(
      error: any Error, ending: String?
    ) async throws {
      let heard = Mailbox<[String?]>("the reasons")
      MemoryConnector(accept: { _, _ in }).connect(
        watch: ServiceWatch(), opened: { _ in },
        connected: { result in
          do {
            let channel = try result.get()
            let session = try HTTP2Session.begin(on: channel, scheme: "https")
            session.hold { malformed in heard.send([malformed?.reason, session.ending?.reason]) }
            channel.pipeline.fireErrorCaught(error)
            // As a stream does that has told its own.
            session.ignoreNextError()
            channel.pipeline.fireErrorCaught(error)
            heard.send([channel.isActive ? "open" : "closed", session.ending?.reason])
            channel.close(promise: nil)
          } catch {
            heard.send(["\(error)"])
          }
        })
      let atStream = try await heard.next()
      #expect((atStream[0] == nil) == (ending != nil), "\(atStream)")
      #expect(atStream.last == ending)
      #expect(try await heard.next() == [ending == nil ? "open" : "closed", ending])
    }

    @Test func `hear CANCEL when the client goes away`() async throws {
      let frames = Mailbox<Frame>("frames")
      try await withFrameServer(FrameScript([.settings]), frames: frames) { address in
        let http = HTTPDriver(.http2(address))
        try await http.cancelling(.get, "/", at: .beforeResponseHead)
        _ = try await frames.first { $0 == .reset(8) }
      }
    }
  }
#endif

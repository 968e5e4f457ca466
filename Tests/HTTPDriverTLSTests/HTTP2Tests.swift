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

  @Suite struct `HTTP/2` {
    @Test func `has no bytes of its own and no upgrades, which fails by name`() async throws {
      let http = HTTPDriver(try .memory({ _, _ in HTTPReply() }, over: .http2))
      #expect(
        "\(await http.raw("GET / HTTP/1.1\r\n\r\n"))"
          == "failed: sending raw bytes needs HTTP/1.1, and the transport speaks HTTP/2")
    }

    @Test func `an answer that the service breaks off is reset with INTERNAL_ERROR`() async throws {
      struct Broken: Error {}
      let handler: HTTPHandler = { _, _ in
        HTTPReply(
          .ok,
          .stream(
            AsyncThrowingStream<[UInt8], any Error> { continuation in
              continuation.yield(Array("half".utf8))
              continuation.finish(throwing: Broken())
            }))
      }
      try await withHTTPService(handler, over: .http2) { transport in
        let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
        #expect(error.code == .streamReset)
        #expect(error.reason.hasSuffix("the server reset the stream: INTERNAL_ERROR (0x2)"))
      }
    }

    @Test(arguments: [
      ([HTTPField.Name.contentLength: "3"] as HTTPFields, "ContentLengthViolated"),
      ([HTTPField.Name.te: "gzip"] as HTTPFields, "te"),
    ])
    func `what cannot be sent is the test's own mistake`(
      headers: HTTPFields, part: String
    ) async throws {
      let handler: HTTPHandler = { _, body in
        _ = try await body.bytes()
        return HTTPReply()
      }
      let http = HTTPDriver(try .memory(handler, over: .http2))
      for body in [HTTPBody.text("hello"), .text("hello").inChunks([2])] {
        let error = try #require(await http.outcome(.post, "/x", body, headers: headers).error)
        #expect(error.code == .misuse, "\(error)")
        let reason = "no response: the request cannot be sent over HTTP/2 ("
        #expect(error.reason.hasPrefix(reason) && error.reason.contains(part), "\(error.reason)")
      }
    }

    @Test func `tells the test of the fields that came, and of no other`() async throws {
      try await withFrameServer(FrameScript([.settings, .ok(isLast: true)])) { address in
        let exchange = try await HTTPDriver(.http2(address)).get("/")
        #expect(exchange.response.headerFields.isEmpty, "\(exchange.response.headerFields)")
      }
    }

    @Test func `tells the handler of the fields that came, and of no other`() async throws {
      let seen = Mailbox<HTTPFields>("fields")
      let handler: HTTPHandler = { request, _ in
        seen.send(request.headerFields)
        return HTTPReply(.noContent)
      }
      _ = try await HTTPDriver(.memory(handler, over: .http2)).send(.options, "/")
      let fields = try await seen.next()
      #expect(fields[.contentLength] == nil)
      #expect(fields[.transferEncoding] == nil)
    }

    @Test func `blames no exchange for what the handler of another one threw`() async throws {
      struct Broken: Error {}
      let hold = Gate("the slow answer")
      let handler: HTTPHandler = { request, _ in
        if request.path == "/throws" { throw Broken() }
        try await hold.pass()
        return HTTPReply(.ok)
      }
      try await withHTTP2Connection(.memory(handler, over: .http2)) { shared in
        let http = HTTPDriver(shared)
        async let slow = http.get("/slow")
        try await hold.arrivals()
        let error = try #require(await http.outcome(.get, "/throws").error)
        #expect(error.code == .streamReset)
        hold.open()
        #expect(try await slow.status == .ok)
      }
    }

    /// Every handler waits for all the others: streams that came one after another would never get there.
    @Test(arguments: [false, true])
    func `carries many exchanges on one connection at once`(overTLS: Bool) async throws {
      let count = 50
      let arrived = Gate("every handler")
      let connections = Collected<Int>()
      let handler: HTTPHandler = { request, _ in
        try await arrived.pass()
        return HTTPReply(.ok, .text(request.path ?? ""))
      }
      let serving = overTLS ? try HTTPServing.tls(speaking: .http2) : .http2
      let served = try ServedConnection(handler, over: serving)
      try await withListener(
        on: .tcp,
        furnish: {
          connections.append(1)
          try served.furnish($0)
        }
      ) { target in
        try await withHTTP2Connection(serving.transport(to: target)) { shared in
          let http = HTTPDriver(shared)
          try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
              group.addTask {
                let text = try await http.get("/\(number)").text
                #expect(text == "/\(number)")
              }
            }
            try await arrived.arrivals(count)
            arrived.openForever()
            try await group.waitForAll()
          }
          // One that is cancelled takes nothing from the others.
          try await http.cancelling(.get, "/", at: .afterRequestHead)
          try await http.get("/last").expect(status: .ok)
        }
      }
      #expect(connections.all.count == 1)
    }

    @Test func `shares a connection only where there is one`() async throws {
      await #expect(throws: TLSSetupError.self) {
        try await withHTTP2Connection(.memory { _, _ in HTTPReply() }) { _ in }
      }
      var kept: HTTPTransport?
      try await withHTTP2Connection(.memory({ _, _ in HTTPReply() }, over: .http2)) { shared in
        try await HTTPDriver(shared).get("/").expect(status: .ok)
        kept = shared
      }
      let transport = try #require(kept)
      let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
      #expect(error.code == .misuse)
    }

    /// The window of a stream is 65,535 bytes: a client cannot have sent much more to a service that does not read.
    @Test func `holds an upload back that the service does not read`() async throws {
      let sent = Collected<Int>()
      let hold = Gate("the service reads")
      let handler: HTTPHandler = { request, body in
        guard request.path == "/upload" else { return HTTPReply() }
        try await hold.pass()
        return HTTPReply(.ok, .text("\(try await body.bytes().count)"))
      }
      let piece = [UInt8](repeating: 7, count: 16 << 10)
      let pieces = 400
      let serving = try HTTPTransport.memory(handler, over: .http2)
      let http = HTTPDriver(serving)
      let body = HTTPBody.stream(
        AsyncStream<[UInt8]>(unfolding: {
          guard sent.all.count < pieces else { return nil }
          sent.append(1)
          return piece
        }))
      async let upload = http.post("/upload", body)
      try await hold.arrivals()
      // The service has every chance to take more meanwhile.
      for _ in 0..<20 { try await http.get("/other").expect(status: .ok) }
      #expect(sent.all.count < 40)
      hold.open()
      #expect(try await upload.text == "\(pieces * piece.count)")
    }

    @Test func `sends secure cookies over TLS and within this process`() async throws {
      let handler: HTTPHandler = { request, _ in
        HTTPReply(
          .ok, .text(request.headerFields[.cookie] ?? "none"),
          headers: [.setCookie: "a=1; Secure"])
      }
      for serving in [try HTTPServing.tls(), .http2] {
        let http = HTTPDriver(try .memory(handler, over: serving)).keepingCookies()
        _ = try await http.get("/")
        #expect(try await http.get("/").text == "a=1")
      }
    }

    @Test func `says https to the handler and to redirects`() async throws {
      let handler: HTTPHandler = { request, _ in
        if request.path == "/moved" {
          let location = "https://\(request.authority ?? "")/there"
          return HTTPReply(.found, headers: [.location: location])
        }
        return HTTPReply(.ok, .text(request.scheme ?? ""))
      }
      for version in [HTTPWireVersion.http1, .http2] {
        try await withHTTPService(handler, over: .tls(speaking: version)) { transport in
          let http = HTTPDriver(transport).following(redirects: 1)
          let text = try await http.get("/moved").expect(status: .ok).text
          #expect(text == "https")
        }
      }
    }
  }
#endif

#if TLS
  import Foundation
  import HarnessLoopback
  import Testing

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  /// Servers that never end, or never let a client end, over HTTP/2; with TLS and without.
  @Suite struct `HTTP/2 servers that flood` {
    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let script: FrameScript
      /// The bytes of the request's body.
      var upload = 0
      let code: HTTPExchangeError.Code
      /// How the reason begins; for a deadline, how it ends.
      let reason: String
    }

    private static let hello = Frame(kind: .data, payload: Array("hello".utf8))

    private static func setting(_ number: UInt8, _ value: UInt32) -> Frame {
      Frame(
        kind: .settings, stream: 0,
        payload: [0, number] + [24, 16, 8, 0].map { UInt8(value >> $0 & 0xff) })
    }

    /// A field that HPACK's decoder adds to its table, and the index with which it is asked for.
    private static let bomb: [UInt8] =
      [0x88, 0x40, 1, UInt8(ascii: "a"), 0x7f, 0xa1, 0x1e]
      + [UInt8](repeating: UInt8(ascii: "b"), count: 4_000)
      + [UInt8](repeating: 0xbe, count: 12_000)

    static let cases = [
      Case(
        testDescription: "CONTINUATION without end (CVE-2024-27316)",
        script: FrameScript(
          [.settings, Frame(kind: .headers, payload: [0x88])],
          then: .flood(
            Frame(kind: .continuation, payload: [0x00, 1, 0x61, 1, 0x62]).bytes)),
        code: .malformedResponse,
        reason: "no response: the server sends more than is taken in (ExcessiveContinuationFrames)"),
      Case(
        testDescription: "CONTINUATION without bytes",
        script: FrameScript(
          [.settings, Frame(kind: .headers, payload: [0x88])],
          then: .flood(Frame(kind: .continuation).bytes)),
        code: .malformedResponse,
        reason: "no response: the server sends more than is taken in (ExcessiveContinuationFrames)"),
      Case(
        testDescription: "a head that HPACK makes 48 MB of",
        script: FrameScript([
          .settings, Frame(kind: .headers, flags: Frame.endHeaders, payload: bomb),
        ]), code: .malformedResponse,
        reason: "no response: what came is not HTTP/2 (UnableToParseFrame)"),
      Case(
        testDescription: "SETTINGS (CVE-2019-9515)",
        script: FrameScript([.settings], then: .flood(setting(3, 100).bytes)),
        code: .malformedResponse,
        reason: "no response: the server sends more than is taken in (ExcessiveControlFrames)"),
      Case(
        testDescription: "PING (CVE-2019-9512)",
        script: FrameScript(
          [.settings],
          then: .flood(
            Frame(kind: .ping, stream: 0, payload: [UInt8](repeating: 0, count: 8)).bytes)),
        code: .malformedResponse,
        reason: "no response: the server sends more than is taken in (ExcessiveControlFrames)"),
      Case(
        testDescription: "heads of informational responses",
        script: FrameScript(
          [.settings],
          then: .flood(
            Frame(
              kind: .headers, flags: Frame.endHeaders, payload: [0x08, 3] + Array("103".utf8)
            ).bytes)),
        code: .malformedResponse,
        reason: "no response: more than 100 informational responses came"),
      Case(
        testDescription: "heads of final responses",
        script: FrameScript([.settings], then: .flood(Frame.ok().bytes)),
        code: .malformedResponse,
        reason: "response cut off after 0 bytes of its body: what came is not HTTP/2 ("),
      Case(
        testDescription: "DATA without bytes (CVE-2019-9518)",
        script: FrameScript([.settings, .ok()], then: .flood(Frame(kind: .data).bytes)),
        code: .malformedResponse,
        reason:
          "response cut off after 0 bytes of its body: the server sends more than is taken in (ExcessiveEmptyDataFrames)"
      ),
      Case(
        testDescription: "DATA of padding",
        script: FrameScript(
          [.settings, .ok()],
          then: .flood(
            Frame(kind: .data, flags: 8, payload: [255] + [UInt8](repeating: 0, count: 255)).bytes)),
        code: .malformedResponse,
        reason:
          "response cut off after 0 bytes of its body: the server sends more than is taken in (ExcessiveEmptyDataFrames)"
      ),
      Case(
        testDescription: "WINDOW_UPDATE beyond 2^31 (RFC 9113, section 6.9.1)",
        script: FrameScript(
          [.settings],
          then: .flood(
            Frame(kind: .windowUpdate, stream: 0, payload: [0x7f, 0xff, 0xff, 0xff]).bytes)),
        code: .malformedResponse, reason: "no response: what came is not HTTP/2 ("),
      Case(
        testDescription: "PUSH_PROMISE, which was not asked for (RFC 9113, section 8.4)",
        script: FrameScript(
          [.settings],
          then: .flood(
            Frame(kind: .pushPromise, flags: Frame.endHeaders, payload: [0, 0, 0, 2, 0x82]).bytes)),
        code: .malformedResponse, reason: "no response: what came is not HTTP/2 ("),
      Case(
        testDescription: "PRIORITY",
        script: FrameScript(
          [.settings],
          then: .flood(Frame(kind: .priority, payload: [0, 0, 0, 0, 1]).bytes)),
        code: .malformedResponse,
        reason: "no response: the server sends more than is taken in (ExcessiveControlFrames)"),
      Case(
        testDescription: "resets of a stream that has ended",
        script: FrameScript([.settings, .reset(8)], then: .flood(Frame.reset(8).bytes)),
        code: .streamReset, reason: "no response: the server reset the stream: CANCEL (0x8)"),
      Case(
        testDescription: "GOAWAY again and again",
        script: FrameScript(
          [.settings], then: .flood(Frame.goAway(last: 1, 0, "bye").bytes)),
        code: .timedOut, reason: "waiting for the response's head"),
      Case(
        testDescription: "no window for the request's body, ever",
        script: FrameScript([setting(4, 0)]), upload: 200_000,
        code: .timedOut,
        reason: "the request was not sent to its end, after 200000 bytes of the request's body"),
      Case(
        testDescription: "frames of a byte at the most (RFC 9113, section 6.5.2)",
        script: FrameScript([setting(5, 1)]),
        code: .malformedResponse, reason: "no response: what came is not HTTP/2 ("),
      Case(
        testDescription: "a body of 10 GB that stops",
        script: FrameScript([
          .settings,
          Frame(
            kind: .headers, flags: Frame.endHeaders,
            payload: [0x88, 0x0f, 0x0d, 11] + Array("10000000000".utf8)), hello,
        ]), code: .timedOut, reason: "after 5 of 10000000000 bytes of the response's body"),
      Case(
        testDescription: "a body shorter than was announced",
        script: FrameScript([
          .settings,
          Frame(
            kind: .headers, flags: Frame.endHeaders,
            payload: [0x88, 0x0f, 0x0d, 2] + Array("10".utf8)), hello,
          Frame(kind: .data, flags: Frame.endStream),
        ]), code: .malformedResponse,
        reason: "response cut off after 5 of 10 bytes of its body: "),
    ]

    @Test(arguments: cases, [false, true])
    func `fail clearly within the deadline`(_ hostile: Case, overTLS: Bool) async throws {
      try await Self.serve(hostile.script, overTLS: overTLS) { transport in
        // Long enough for the half that comes, on a busy machine.
        let deadline: Duration = hostile.code == .timedOut ? .seconds(3) : .seconds(20)
        let http = HTTPDriver(transport)
        let body = HTTPBody.bytes([UInt8](repeating: 1, count: hostile.upload))
        let outcome = await http.outcome(.post, "/", body, within: deadline)
        let error = try #require(outcome.error, "\(outcome)")
        #expect(error.code == hostile.code)
        let isThere =
          hostile.code == .timedOut
          ? error.reason.hasSuffix(hostile.reason) : error.reason.hasPrefix(hostile.reason)
        #expect(isThere, "\(error.reason)")
      }
    }

    /// Whether the window or the limit of the driver is the first to be passed is left to the pace of both.
    @Test(arguments: [false, true])
    func `fail with DATA without end, beyond every window`(overTLS: Bool) async throws {
      let script = FrameScript(
        [.settings, .ok()],
        then: .flood(Frame(kind: .data, payload: [UInt8](repeating: 0, count: 16_384)).bytes))
      try await Self.serve(script, overTLS: overTLS) { transport in
        let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
        #expect([.malformedResponse, .responseTooLarge].contains(error.code), "\(error.reason)")
      }
    }

    /// swift-nio-http2 takes 200 resets in 30 s for an attack, unless it is told otherwise.
    @Test func `may reset every stream of one connection`() async throws {
      struct Broken: Error {}
      let handler: HTTPHandler = { request, _ in
        guard request.path != "/last" else { return HTTPReply() }
        let pieces = AsyncThrowingStream<[UInt8], any Error> { $0.finish(throwing: Broken()) }
        return HTTPReply(.ok, .stream(pieces))
      }
      try await withHTTPService(handler, over: .http2) { transport in
        try await withHTTP2Connection(transport) { shared in
          let http = HTTPDriver(shared)
          for _ in 0..<500 {
            let error = try #require(await http.outcome(.get, "/").error)
            #expect(error.code == .streamReset, "\(error.reason)")
          }
          try await http.get("/last").expect(status: .ok)
        }
      }
    }

    /// Runs `body` beside a server of frames.
    static func serve(
      _ script: FrameScript, overTLS: Bool, _ body: (HTTPTransport) async throws -> Void
    ) async throws {
      guard overTLS else {
        return try await withFrameServer(script) { try await body(.http2($0)) }
      }
      let authority = try TestAuthority()
      let server = TLSServer(try authority.issue("127.0.0.1"))
      try await withByteListener(
        over: server, offering: [.http2], accept: { script.serve($0) }
      ) { place in
        try await body(
          .tls("https://\(place)", TLSClient(trusting: authority), speaking: .http2))
      }
    }
  }
#endif

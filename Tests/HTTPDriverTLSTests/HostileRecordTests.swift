#if TLS
  import Foundation
  import HarnessLoopback
  import NIOCore
  import NIOSSL
  import Testing
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  /// Servers that break off within TLS, at each of its stages.
  @Suite struct `Records of TLS that are cut` {
    /// The records that a client waits for until it holds the handshake for over: in TLS 1.2 from ServerHello to
    /// ServerHelloDone and from NewSessionTicket to Finished; in TLS 1.3 ServerHello, a ChangeCipherSpec that means nothing,
    /// and one with all from EncryptedExtensions to Finished.
    ///
    /// Source: RFC 5246, section 7.3, and RFC 8446, section 2 and appendix D.4; which messages share a record is BoringSSL's.
    private static let stages: [(TLSVersion, Int)] = [(.tlsv12, 7), (.tlsv13, 3)]

    static let stalls = stages.flatMap { version, count in
      (0..<count).map { (version, $0) }
    }

    @Test(arguments: stalls, RecordGate.Ending.allCases)
    func `in the handshake fail clearly within the deadline`(
      stall: (version: TLSVersion, records: Int), ending: RecordGate.Ending
    ) async throws {
      try await withGatedServer(after: stall.records, then: ending, atMost: stall.version) {
        transport in
        let deadline = Deadline.effective(within: .seconds(ending == .hold ? 2 : 20))
        let error = try #require(
          await HTTPDriver(transport).outcome(.get, "/", within: .seconds(ending == .hold ? 2 : 20))
            .error)
        #expect(deadline.instant.duration(to: .now) < lateness)
        switch ending {
        case .hold:
          #expect(error.code == .timedOut)
          #expect(
            error.reason.hasSuffix(": the connection was not made, waiting for the TLS handshake"),
            "\(error.reason)")
        case .close:
          #expect(error.code == .tlsFailed)
          #expect(
            error.reason.hasPrefix("no response: no TLS with 127.0.0.1:")
              && error.reason.hasSuffix(": the server closed the connection in the handshake"),
            "\(error.reason)")
        }
      }
    }

    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      /// What comes whole, and in the record that is cut.
      let whole: String
      let cut: String
      let ending: RecordGate.Ending
      let code: HTTPExchangeError.Code
      let reason: String
    }

    private static let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
    private static let noNotify =
      "the server closed the connection without TLS's close_notify, so its end may be missing"

    static let cases = [
      Case(
        testDescription: "the head, then silence", whole: "", cut: head, ending: .hold,
        code: .timedOut, reason: ": waiting for the response's head"),
      Case(
        testDescription: "the head, then the end", whole: "", cut: head, ending: .close,
        code: .connectionClosed, reason: "no response: \(noNotify)"),
      Case(
        testDescription: "the body, then silence", whole: "\(head)hello", cut: "world",
        ending: .hold, code: .timedOut, reason: ": after 5 of 10 bytes of the response's body"),
      Case(
        testDescription: "the body, then the end", whole: "\(head)hello", cut: "world",
        ending: .close, code: .responseCutOff,
        reason: "response cut off after 5 of 10 bytes of its body: \(noNotify)"),
      Case(
        testDescription: "the last chunk, then the end",
        whole: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        cut: "0\r\n\r\n", ending: .close, code: .responseCutOff,
        reason: "response cut off after 5 bytes of its body: \(noNotify)"),
      Case(
        testDescription: "a body without a length, then the end",
        whole: "HTTP/1.1 200 OK\r\n\r\nhello", cut: "world", ending: .close,
        code: .responseCutOff, reason: "response cut off after 5 bytes of its body: \(noNotify)"),
    ]

    @Test(arguments: cases)
    func `in the response fail clearly within the deadline`(_ hostile: Case) async throws {
      try await withGatedServer(
        then: hostile.ending,
        accept: { stream, shut in
          stream.start { event in
            guard case .bytes = event else { return }
            if !hostile.whole.isEmpty { stream.write(Array(hostile.whole.utf8)) }
            shut()
            stream.write(Array(hostile.cut.utf8))
          }
        }
      ) { transport in
        let isHeld = hostile.ending == .hold
        let error = try #require(
          await HTTPDriver(transport).outcome(.get, "/", within: .seconds(isHeld ? 3 : 20)).error)
        #expect(error.code == hostile.code)
        #expect(
          isHeld ? error.reason.hasSuffix(hostile.reason) : error.reason == hostile.reason,
          "\(error.reason)")
      }
    }

    /// A body whose length is known is complete without TLS's farewell.
    ///
    /// Source: RFC 9112, section 9.8.
    @Test(arguments: [
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ])
    func `behind a complete response change nothing of it`(answer: String) async throws {
      try await withGatedServer(
        then: .close,
        accept: { stream, shut in
          stream.start { event in
            guard case .bytes = event else { return }
            stream.write(Array(answer.utf8))
            shut()
            stream.write(Array("nobody's".utf8))
          }
        }
      ) { transport in
        let exchange = try await HTTPDriver(transport).get("/").expect(status: .ok)
        #expect(exchange.text == "hello")
        try await withHTTPConnectionPool(transport) { pooled in
          let http = HTTPDriver(pooled)
          for _ in 0..<2 {
            let exchange = try await http.get("/").expect(status: .ok)
            #expect(exchange.text == "hello")
          }
        }
      }
    }

    @Test func `10 GB that are really sent end at the limit`() async throws {
      try await withGatedServer(
        then: .hold,
        accept: { stream, _ in
          stream.start { event in
            guard case .bytes = event else { return }
            stream.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n".utf8))
            let piece = [UInt8](repeating: 0, count: 256 << 10)
            // Ends with the connection.
            Task { while await stream.send(piece) {} }
          }
        }
      ) { transport in
        let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
        #expect(error.code == .responseTooLarge)
        #expect(error.reason == "the response's body is longer than 16777216 bytes")
      }
    }
  }
#endif

#if TLS
  import HarnessLoopback
  import Testing

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  @Suite struct `Servers of another protocol` {
    private let service: HTTPHandler = { _, _ in HTTPReply() }

    /// The reason why a request failed, without the place.
    private func reason(_ transport: HTTPTransport) async throws -> String {
      let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
      return error.reason.replacing(/127\.0\.0\.1:[0-9]+/, with: "PLACE")
    }

    @Test func `are told as HTTP/1.1 to a client of TLS`() async throws {
      let client = TLSClient(trusting: try TestAuthority())
      try await withHTTPService(service) { plain in
        let address = plain.name.replacing("http://", with: "https://")
        for version in [HTTPWireVersion.http1, .http2] {
          let told = try await reason(.tls(address, client, speaking: version))
          #expect(
            told == """
              no response: no TLS with PLACE: what came is HTTP/1.1 in the clear ("HTTP/1.1 400 Bad Request"); the \
              server speaks no TLS there, so use .address("http://…")
              """)
        }
      }
    }

    @Test func `are told as HTTP/2 to a client of TLS`() async throws {
      let client = TLSClient(trusting: try TestAuthority())
      try await withHTTPService(service, over: .http2) { clear in
        let place = try #require(clear.wireParts).connector.place
        let told = try await reason(.tls("https://\(place)", client))
        #expect(
          told == """
            no response: no TLS with PLACE: what came is HTTP/2; the server speaks no TLS there, so use \
            .http2("http://…")
            """)
      }
    }

    @Test func `are told as HTTP/1.1 to a client of HTTP/2`() async throws {
      try await withHTTPService(service) { plain in
        let expected = """
          what came is HTTP/1.1 in the clear ("HTTP/1.1 400 Bad Request"); the server speaks no HTTP/2 without TLS \
          there, so use .address("http://…")
          """
        let told = try await reason(.http2(plain.name))
        #expect(told == "no response: \(expected)")
        try await withHTTP2Connection(.http2(plain.name)) { shared in
          let told = try await reason(shared)
          #expect(told.hasSuffix(expected), "\(told)")
        }
      }
    }

    @Test func `are told as HTTP/2 to a client of HTTP/1.1`() async throws {
      let expected = """
        no response: what came is HTTP/2; the server speaks HTTP/2, so use .http2(…) of HTTPDriverTLS, over TLS \
        .tls(…, speaking: .http2)
        """
      try await withHTTPService(service, over: .http2) { clear in
        let place = try #require(clear.wireParts).connector.place
        let plain = HTTPTransport.address("http://\(place)")
        let told = try await reason(plain)
        #expect(told == expected)
        try await withHTTPConnectionPool(plain) { pooled in
          let told = try await reason(pooled)
          #expect(told == expected)
        }
        #expect("\(await HTTPDriver(plain).raw("nonsense\r\n\r\n"))" == "failed: \(expected)")
      }
    }

    /// Source: RFC 8446, section 6, for the bytes of an alert.
    @Test func `are told as TLS to clients of others`() async throws {
      let alert = ServerScript(then: .hold) { _ in [0x15, 3, 1, 0, 2, 2, 0x46] }
      try await withScriptedServer(alert) { server in
        let told = try await reason(.address(server.address))
        #expect(
          told == """
            no response: what came is TLS; the server speaks TLS there, so use .tls("https://…", …) of HTTPDriverTLS
            """)
        let toldTwo = try await reason(.http2(server.address))
        #expect(
          toldTwo == """
            no response: what came is TLS; the server speaks TLS there, so use .tls("https://…", …, speaking: .http2)
            """)
      }
    }

    /// They may ignore what the client offers by ALPN, or refuse it.
    ///
    /// Source: RFC 7301, section 3.2.
    @Test func `are told as HTTP/2 to a client of HTTP/1.1 over TLS`() async throws {
      struct Refusal: Error, CustomStringConvertible {
        let description =
          "Error: 268436502 error:10000460:SSL routines:TLSV1_ALERT_NO_APPLICATION_PROTOCOL"
      }
      let authority = try TestAuthority()
      let server = TLSServer(try authority.issue("127.0.0.1"))
      let client = TLSClient(trusting: authority)
      try await withByteListener(
        over: server, offering: [.http2],
        accept: { stream in
          stream.start { _ in }
          stream.write(Frame.settings.bytes)
        }
      ) { place in
        let told = try await reason(.tls("https://\(place)", client))
        #expect(
          told == """
            no response: what came is HTTP/2; the server speaks HTTP/2, so use .http2(…) of HTTPDriverTLS, over TLS \
            .tls(…, speaking: .http2)
            """)
      }
      #expect(
        TLSFault(inHandshake: Refusal(), with: "PLACE", offering: .http1).reason == """
          no TLS with PLACE: the server speaks no HTTP/1.1 (ALPN refused "http/1.1"); use speaking: .http2
          """)
    }
  }

  @Suite struct `A shared HTTP/2 connection that is gone` {
    @Test func `tells the exchanges that come after it why`() async throws {
      let script = FrameScript([.settings, .goAway(last: 0, 11, "too many of you")], then: .close)
      try await withFrameServer(script) { address in
        try await withHTTP2Connection(.http2(address)) { shared in
          let http = HTTPDriver(shared)
          let goAway =
            "the server ended the connection: GOAWAY ENHANCE_YOUR_CALM (0xb) \"too many of you\""
          let first = try #require(await http.outcome(.get, "/").error)
          #expect(first.reason.hasSuffix(goAway), "\(first.reason)")
          let next = try #require(await http.outcome(.get, "/").error)
          #expect(next.code == .connectionClosed)
          #expect(
            next.reason == """
              no response: the connection that the exchanges share has ended, and is not made again: \(goAway)
              """)
        }
      }
    }

    @Test func `tells an address that cannot be used`() async throws {
      try await withHTTP2Connection(.http2("nonsense:")) { shared in
        let error = try #require(await HTTPDriver(shared).outcome(.get, "/").error)
        let alone = try #require(
          await HTTPDriver(.http2("nonsense:")).outcome(.get, "/").error)
        #expect(error.code == .misuse && error.reason == alone.reason, "\(error.reason)")
      }
    }

    @Test func `is not made of HTTP/1.1, which is told with what to use`() async throws {
      let error = await #expect(throws: TLSSetupError.self) {
        try await withHTTP2Connection(.memory { _, _ in HTTPReply() }) { _ in }
      }
      #expect(
        error.map { "\($0)" } == """
          the transport memory has no HTTP/2 connections that exchanges could share: it speaks HTTP/1.1, calls a \
          handler, or shares one already; make it with .tls(…, speaking: .http2) or .http2(…)
          """)
    }
  }
#endif

#if TLS
  import HTTPDriver
  import HTTPDriverTLS
  import HarnessLoopback

  /// Failures of exchanges over TLS and HTTP/2, for the suites of both frameworks.
  enum TLSScenarios {
    private static let service: HTTPHandler = { _, _ in
      HTTPReply(.conflict, .text("out of stock"))
    }

    static func otherAuthority() async throws {
      let server = TLSServer(try TestAuthority(name: "Other").issue("127.0.0.1"))
      let client = TLSClient(trusting: try TestAuthority())
      try await withHTTPService(service, over: .tls(server, client: client)) { transport in
        _ = try await HTTPDriver(transport).get("/orders/7")
      }
    }

    static func otherHost() async throws {
      let authority = try TestAuthority()
      let server = TLSServer(try authority.issue("shop.example", "10.0.0.7"))
      let serving = HTTPServing.tls(
        server, client: TLSClient(trusting: authority), speaking: .http2)
      try await withHTTPService(service, over: serving) { transport in
        _ = try await HTTPDriver(transport).get("/orders/7")
      }
    }

    static func plainService() async throws {
      let client = TLSClient(trusting: try TestAuthority())
      try await withHTTPService(service) { plain in
        let address = plain.name.replacing("http://", with: "https://")
        _ = try await HTTPDriver(.tls(address, client)).get("/orders/7")
      }
    }

    static func noCertificate() async throws {
      let authority = try TestAuthority()
      let server = TLSServer(
        try authority.issue("127.0.0.1"), requiringClientsOf: try TestAuthority(name: "Staff"))
      let client = TLSClient(trusting: authority)
      try await withHTTPService(service, over: .tls(server, client: client)) { transport in
        _ = try await HTTPDriver(transport).get("/orders/7")
      }
    }

    static func noHTTP2() async throws {
      let authority = try TestAuthority()
      let server = TLSServer(try authority.issue("127.0.0.1"))
      try await withByteListener(over: server, offering: [.http1], accept: { _ in }) { place in
        let transport = HTTPTransport.tls(
          "https://\(place)", TLSClient(trusting: authority), speaking: .http2)
        _ = try await HTTPDriver(transport).get("/orders/7")
      }
    }

    static func silentHandshake() async throws {
      let client = TLSClient(trusting: try TestAuthority())
      let silent = ServerScript(then: .hold) { _ in [] }
      try await withScriptedServer(silent) { server in
        let address = server.address.replacing("http://", with: "https://")
        _ = try await HTTPDriver(.tls(address, client)).get("/orders/7", within: .seconds(6))
      }
    }

    static func goAway() async throws {
      let script = FrameScript([.settings, .goAway(last: 0, 11, "too many of you")])
      try await withFrameServer(script) { address in
        _ = try await HTTPDriver(.http2(address)).get("/orders/7")
      }
    }

    static func streamReset() async throws {
      let hello = Frame(kind: .data, payload: Array("hello".utf8))
      try await withFrameServer(FrameScript([.settings, .ok(), hello, .reset(7)])) { address in
        _ = try await HTTPDriver(.http2(address)).get("/orders/7")
      }
    }

    static func silentStream() async throws {
      try await withFrameServer(FrameScript([.settings])) { address in
        _ = try await HTTPDriver(.http2(address)).get("/orders/7", within: .seconds(6))
      }
    }

    static func wrongStatus() async throws {
      try await withHTTPService(service, over: .tls(speaking: .http2)) { transport in
        let headers: HTTPFields = [.authorization: "Bearer s3cret"]
        try await HTTPDriver(transport).get("/orders/7", headers: headers).expect(status: .ok)
      }
    }
  }
#endif

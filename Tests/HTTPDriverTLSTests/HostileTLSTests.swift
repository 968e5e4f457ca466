#if TLS
  import Foundation
  import HarnessLoopback
  import NIOCore
  import NIOSSL
  import Testing
  import WSDriver
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  @Suite struct `Hostile TLS` {
    /// What a server does once the first bytes of a handshake have come.
    enum Answer: Sendable {
      case send(String)
      case close
      case reset
      case hold
    }

    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let answer: Answer
      let reason: String
    }

    static let cases = [
      Case(
        testDescription: "plain HTTP on the port",
        answer: .send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        reason: """
          what came is HTTP/1.1 in the clear ("HTTP/1.1 400 Bad Request"); the server speaks no TLS there, so use \
          .address("http://…")
          """),
      Case(
        testDescription: "another protocol", answer: .send("SSH-2.0-OpenSSH_9.2\r\n"),
        reason: "what came is no TLS; does the server speak plain HTTP?"),
      Case(
        testDescription: "closes in the handshake", answer: .close,
        reason: "the server closed the connection in the handshake"),
      Case(
        testDescription: "resets in the handshake", answer: .reset,
        reason: "the server reset the connection in the handshake"),
    ]

    static func listener(_ answer: Answer) async throws -> ByteListener {
      try await ByteListener.tcp { stream in
        stream.start { event in
          guard case .bytes = event else { return }
          switch answer {
          case .send(let text): stream.write(Array(text.utf8))
          case .close: stream.close()
          case .reset: stream.reset()
          case .hold: break
          }
        }
      }
    }

    @Test(arguments: cases)
    func `gives a clear error within the deadline`(_ hostile: Case) async throws {
      let listener = try await Self.listener(hostile.answer)
      let port = try #require(listener.port)
      let client = TLSClient(trusting: try TestAuthority())
      let http = HTTPDriver(.tls("https://127.0.0.1:\(port)", client))
      let end = Deadline.effective(within: nil).instant
      let error = try #require(await http.outcome(.get, "/").error)
      #expect(end.duration(to: .now) < .zero)
      #expect(error.code == .tlsFailed)
      #expect(
        error.reason == "no response: no TLS with 127.0.0.1:\(port): \(hostile.reason)")
      await listener.close()
    }

    @Test func `that never answers is told from a slow service`() async throws {
      let listener = try await Self.listener(.hold)
      let port = try #require(listener.port)
      let client = TLSClient(trusting: try TestAuthority())
      let http = HTTPDriver(.tls("https://127.0.0.1:\(port)", client))
      let deadline = Deadline.effective(within: .seconds(3))
      let error = try #require(await http.outcome(.get, "/", within: .seconds(3)).error)
      #expect(error.code == .timedOut)
      #expect(deadline.instant.duration(to: .now) < lateness)
      #expect(
        error.reason
          == "no response within \(deadline): the connection was not made, waiting for the TLS handshake"
      )
      await listener.close()
    }

    @Test(arguments: [HTTPWireVersion.http1, .http2])
    func `certificates are refused by name`(version: HTTPWireVersion) async throws {
      let authority = try TestAuthority()
      let client = TLSClient(trusting: authority)
      for (certificate, reason) in [
        (
          try authority.issue("127.0.0.1", validity: .expired),
          "the server's certificate expired on "
        ),
        (
          try authority.issue("127.0.0.1", validity: .notYetValid),
          "the server's certificate is not valid before "
        ),
        (
          try authority.issue("example.com"),
          "the server's certificate is not for 127.0.0.1, but for example.com"
        ),
        (
          try TestCertificate.selfSigned("127.0.0.1"),
          "the server's certificate is signed by itself, and not by \"Test authority\""
        ),
        (
          try TestAuthority(name: "Other").issue("127.0.0.1"),
          "the server's certificate is by \"Other\", and only \"Test authority\" is trusted"
        ),
      ] {
        let serving = HTTPServing.tls(TLSServer(certificate), client: client, speaking: version)
        try await withHTTPService({ _, _ in HTTPReply() }, over: serving) { transport in
          let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
          #expect(error.code == .tlsFailed)
          #expect(error.reason.contains(reason), "\(error.reason)")
        }
      }
    }

    /// The handshake proves who has the key of the first certificate; the second one is public.
    @Test func `nobody else's certificate stands in for one that cannot be read`() async throws {
      let authority = try TestAuthority()
      let genuine = try authority.issue("127.0.0.1")
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(
          Array("\(CertificateFixtures.oldLeaf)\n\(genuine.certificatePEM)".utf8)
        ).map { .certificate($0) },
        privateKey: .privateKey(
          try NIOSSLPrivateKey(bytes: Array(CertificateFixtures.oldKey.utf8), format: .pem)))
      configuration.applicationProtocols = ["http/1.1"]
      let context = try NIOSSLContext(configuration: configuration)
      let service = HandlerService({ _, _ in HTTPReply() }, scheme: "https")
      try await withListener(
        on: .tcp,
        furnish: { channel in
          try ServedConnection.furnish(channel, context: context) { _ in
            try service.serve(bytesOf: channel, watch: ServiceWatch())
          }
        }
      ) { target in
        guard case .tcp(let host, let port) = target else { return }
        let http = HTTPDriver(.tls("https://\(host):\(port)", TLSClient(trusting: authority)))
        let error = try #require(await http.outcome(.get, "/").error)
        #expect(error.code == .tlsFailed)
        #expect(
          error.reason.contains("the server's certificate cannot be judged"), "\(error.reason)")
      }
    }

    @Test func `a name of one's own is checked, and sent`() async throws {
      let authority = try TestAuthority()
      let serving = HTTPServing.tls(
        TLSServer(try authority.issue("api.example.com")),
        client: TLSClient(trusting: authority, serverName: "api.example.com"))
      try await withHTTPService({ _, _ in HTTPReply() }, over: serving) { transport in
        try await HTTPDriver(transport).get("/").expect(status: .ok)
      }
    }

    @Test func `a plain client of a TLS port is told`() async throws {
      try await withHTTPService({ _, _ in HTTPReply() }, over: .tls()) { transport in
        let address = transport.name.replacing("https://", with: "http://")
        let error = try #require(await HTTPDriver(address).outcome(.get, "/").error)
        #expect(
          [.malformedResponse, .connectionClosed].contains(error.code), "\(error.reason)")
      }
    }

    @Test func `a client that is asked for a certificate shows one, or fails by name`() async throws
    {
      let authority = try TestAuthority()
      let staff = try TestAuthority(name: "Staff")
      let server = TLSServer(
        try authority.issue("localhost", "127.0.0.1"), requiringClientsOf: staff)
      func outcome(_ shown: TestCertificate?) async throws -> HTTPOutcome {
        let client = TLSClient(trusting: authority, presenting: shown)
        return try await withHTTPService(
          { _, _ in HTTPReply() }, over: .tls(server, client: client)
        ) { await HTTPDriver($0).outcome(.get, "/") }
      }
      guard case .response(let exchange) = try await outcome(try staff.issue("ann")) else {
        Issue.record("refused")
        return
      }
      #expect(exchange.status == .ok)
      let without = try #require(try await outcome(nil).error)
      #expect(without.code == .tlsFailed)
      #expect(
        without.reason
          == "no response: TLS broke: the server requires a certificate of the client, and was shown none"
      )
      let other = try #require(try await outcome(try authority.issue("ann")).error)
      #expect(other.code == .tlsFailed)
      #expect(other.reason.hasPrefix("no response: TLS broke: the other side "), "\(other.reason)")
    }

    @Test func `HTTP/2 is missed by name`() async throws {
      let authority = try TestAuthority()
      let server = TLSServer(try authority.issue("127.0.0.1"))
      try await withByteListener(over: server, offering: [.http1], accept: { _ in }) { place in
        let transport = HTTPTransport.tls(
          "https://\(place)", TLSClient(trusting: authority), speaking: .http2)
        let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
        #expect(error.code == .tlsFailed)
        let expected = ["chose nothing", "refused \"h2\""].map {
          "no response: no TLS with \(place): the server speaks no HTTP/2 (ALPN \($0)); use speaking: .http1"
        }
        #expect(expected.contains(error.reason), "\(error.reason)")
      }
    }

    /// Answers a request over TLS, then cuts the connection below it: no `close_notify`.
    final class Cutter: ChannelInboundHandler {
      typealias InboundIn = ByteBuffer
    }

    @Test(arguments: [
      (
        "HTTP/1.1 200 OK\r\n\r\nhello", HTTPExchangeError.Code.responseCutOff,
        "response cut off after 5 bytes of its body: "
      ),
      ("HTTP/1.1 200 OK\r\n", .connectionClosed, "no response: "),
    ])
    func `an end without close_notify is no end`(
      answer: String, code: HTTPExchangeError.Code, prefix: String
    ) async throws {
      let authority = try TestAuthority()
      let context = try TLSServer(try authority.issue("127.0.0.1")).makeContext([.http1])
      try await withListener(
        on: .tcp,
        furnish: { channel in
          let cutter = Cutter()
          try channel.pipeline.syncOperations.addHandler(cutter)
          let below = NIOLoopBound(
            try channel.pipeline.syncOperations.context(handler: cutter),
            eventLoop: channel.eventLoop)
          try ServedConnection.furnish(channel, context: context) { _ in
            let stream = try ByteStream(of: channel)
            stream.start { event in
              guard case .bytes = event else { return }
              channel.eventLoop.execute {
                channel.writeAndFlush(ByteBuffer(string: answer)).whenComplete { _ in
                  below.value.close(promise: nil)
                }
              }
            }
          }
        }
      ) { target in
        guard case .tcp(let host, let port) = target else { return }
        let transport = HTTPTransport.tls(
          "https://\(host):\(port)", TLSClient(trusting: authority))
        let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
        #expect(error.code == code)
        #expect(
          error.reason == prefix
            + "the server closed the connection without TLS's close_notify, so its end may be missing"
        )
      }
    }

    @Test func `reads like this where it fails a test`() async throws {
      let serving = HTTPServing.tls(
        TLSServer(try TestAuthority(name: "Other").issue("127.0.0.1")),
        client: TLSClient(trusting: try TestAuthority()))
      let places = Collected<String>()
      let texts = try await failureTexts {
        try await withHTTPService({ _, _ in HTTPReply() }, over: serving) { transport in
          places.append(transport.name)
          _ = try await HTTPDriver(transport).get("/orders/7")
        }
      }
      let address = try #require(places.all.first)
      #expect(
        texts == [
          """
          GET /orders/7: no response: no TLS with \(address.dropFirst(8)): the server's \
          certificate is by "Other", and only "Test authority" is trusted
            request   GET \(address)/orders/7
            repeat    curl -i --cacert trusted.pem --http1.1 '\(address)/orders/7'
          """
        ])
    }

    @Test(arguments: [
      ("http://h", "only https can be driven, not http; write it like https://127.0.0.1:8080"),
      ("https://", "it names no host"),
    ])
    func `an address that cannot be driven fails each exchange`(
      address: String, reason: String
    ) async throws {
      let transport = HTTPTransport.tls(address, TLSClient(trusting: try TestAuthority()))
      let error = try #require(await HTTPDriver(transport).outcome(.get, "/").error)
      #expect(error.code == .misuse)
      #expect(error.reason == "the address \"\(address)\" cannot be used: \(reason)")
    }
  }

  extension HTTPOutcome {
    /// Why there is no response.
    var error: HTTPExchangeError? {
      if case .failed(let error) = self { error } else { nil }
    }
  }
#endif

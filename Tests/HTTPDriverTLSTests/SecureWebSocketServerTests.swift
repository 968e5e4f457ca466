#if TLS
  import Foundation
  import HTTPDriver
  import HarnessProcess
  import NIOCore
  import Testing
  import WSDriver
  import Waiters

  @testable import HTTPDriverTLS

  extension WSMedium {
    fileprivate static func overTLS(
      _ name: String, hasResets: Bool,
      _ makePlace: @escaping @Sendable (ConnectionSecurity) -> WSServer.Place
    ) -> WSMedium {
      WSMedium("\(name) over TLS", hasResets: hasResets) {
        do {
          return makePlace(try .tls())
        } catch {
          preconditionFailure("a certificate cannot be made: \(error)")
        }
      }
    }
  }

  @Suite struct `A WebSocket server over TLS` {
    static let media = [
      WSMedium.overTLS("memory", hasResets: true) { .memory(over: $0) },
      .overTLS("TCP", hasResets: true) { .tcp(over: $0) },
      .overTLS("Unix socket", hasResets: false) {
        .unixSocket(
          "/tmp/harness-wss-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock", over: $0)
      },
    ]

    // Without the 75 handshakes at once of the strictness suite: where BoringSSL was built without optimization, they
    // take longer than the five seconds that a rule has, and its rules do not ask what carries them.
    static let cases = WSConformanceCase.all.filter { !$0.name.hasPrefix("every rule") }

    @Test(.serialized, arguments: media, cases)
    func `behaves as one in the clear`(
      medium: WSMedium, conformance: WSConformanceCase
    ) async throws {
      try await conformance.check(medium)
    }

    private static func options(
      _ authority: TestAuthority, _ socket: WSOptions = WSOptions()
    ) throws -> WSServer.Options {
      WSServer.Options(socket, place: .tcp(over: try .tls(by: authority)))
    }

    @Test func `says how it is reached`() async throws {
      let authority = try TestAuthority()
      try await withWSServer(Self.options(authority)) { client in
        try client.send(text: "welcome")
        try await client.expectClose(code: .normalClosure)
      } _: { server in
        let port = try #require(server.port)
        #expect(server.url == "wss://127.0.0.1:\(port)")
        #expect(server.address == "https://127.0.0.1:\(port)")
        #expect(server.transport.capabilities.contains(.tls))
        // By its transport, and by an address with whom to trust.
        for transport in [
          server.transport, .tls("https://localhost:\(port)", TLSClient(trusting: authority)),
        ] {
          try await WSDriver(HTTPDriver(transport)).connect("/") { socket in
            _ = try await socket.expectNext(.text("welcome"))
          }
        }
      }
    }

    @Test(
      .enabled("needs Python's websockets") { await Peers.has("websockets") },
      arguments: [nil, WSDeflate()])
    func `echoes Python's websockets`(compression: WSDeflate?) async throws {
      let program = """
        import asyncio, ssl, sys, websockets
        async def main():
            context = ssl.create_default_context(cafile="trusted.pem")
            patience = dict(open_timeout=None, ping_interval=None, ssl_handshake_timeout=3600)
            url = sys.argv[1] + "/"
            async with websockets.connect(url, ssl=context, max_size=None, **patience) as socket:
                for message in ["", "x" * 126, "grüezi 👋" * 200000, bytes(range(256)) * 300]:
                    for _ in range(2):
                        await socket.send(message)
                        assert await socket.recv() == message
                await (await socket.ping())
                await socket.close(4001, "done")
                assert socket.close_code == 4001, socket.close_code
            print("all is well")
        asyncio.run(main())
        """
      let authority = try TestAuthority()
      let options = try Self.options(
        authority, WSOptions(compression: compression, limits: WSLimits(message: 16 << 20)))
      try await withWSServer(options) { client in
        await client.respond { $0 }
        #expect(client.closure?.code == 4001)
        #expect(client.closure?.isClean == true)
      } _: { server in
        try await withFiles(["trusted.pem": authority.certificatePEM]) { folder in
          let result = try await run(
            Command(Peers.python, ["-c", program, server.url], workingDirectory: folder))
          #expect(
            result.standardOutput.text + result.standardError.text == "all is well\n")
        }
      }
    }

    @Test(.enabled("needs Python's websockets") { await Peers.has("websockets") })
    func `is refused by Python's websockets where nobody has said to trust it`() async throws {
      let program = """
        import asyncio, ssl, sys, websockets
        async def main():
            try:
                await websockets.connect(sys.argv[1] + "/", open_timeout=None, ssl_handshake_timeout=3600)
            except ssl.SSLCertVerificationError:
                print("not trusted")
        asyncio.run(main())
        """
      try await withWSServer(Self.options(TestAuthority())) { _ in
        Issue.record("no script should have begun")
      } _: { server in
        let result = try await run(Command(Peers.python, ["-c", program, server.url]))
        #expect(result.standardOutput.text + result.standardError.text == "not trusted\n")
      }
    }

    @Test(.enabled("needs Python's websockets") { await Peers.has("websockets") })
    func `tells that Python's websockets left without TLS's goodbye`() async throws {
      let program = """
        import asyncio, ssl, sys, websockets
        async def main():
            context = ssl.create_default_context(cafile="trusted.pem")
            socket = await websockets.connect(
                sys.argv[1] + "/", ssl=context, open_timeout=None, ssl_handshake_timeout=3600)
            await socket.recv()
            socket.transport.abort()
        asyncio.run(main())
        """
      let closures = Mailbox<WSClosure>("closures")
      let authority = try TestAuthority()
      try await withWSServer(Self.options(authority)) { client in
        try client.send(text: "welcome")
        closures.send(try await client.expectClose(code: .abnormalClosure))
      } _: { server in
        try await withFiles(["trusted.pem": authority.certificatePEM]) { folder in
          _ = try await run(
            Command(Peers.python, ["-c", program, server.url], workingDirectory: folder))
        }
        let closure = try await closures.next()
        #expect(
          closure.cause
            == .connectionBroken(
              "the client closed the connection without TLS's close_notify, so its end may be missing"
            ))
      }
    }

    @Test func `asks clients for a certificate`() async throws {
      let authority = try TestAuthority()
      let staff = try TestAuthority(name: "Staff")
      let security = try ConnectionSecurity.tls(
        TLSServer(authority.issue("127.0.0.1"), requiringClientsOf: staff),
        client: TLSClient(trusting: authority, presenting: staff.issue("ann")))
      try await withWSServer(WSServer.Options(place: .tcp(over: security))) {
        await $0.respond { $0 }
      } _: { server in
        try await WSDriver(HTTPDriver(server.transport)).connect("/") { socket in
          try socket.send(text: "a")
          try await socket.expectNext(.text("a"))
        }
        let stranger = HTTPTransport.tls(server.address, TLSClient(trusting: authority))
        guard
          case .failed(let error) = try await WSDriver(HTTPDriver(stranger)).outcome("/", { _ in })
        else {
          Issue.record("expected no answer")
          return
        }
        #expect(error.code == .tlsFailed)
        #expect(error.reason.contains("requires a certificate of the client"))
      }
    }

    @Test func `leaves clients that never shake hands`() async throws {
      let silent = Signal<any Channel>("silent client")
      try await withWSServer(Self.options(TestAuthority())) { _ in
        Issue.record("no script should have begun")
      } _: { server in
        let port = try #require(server.port)
        let plain = WSDriver(HTTPDriver("http://127.0.0.1:\(port)"))
        guard case .failed = try await plain.outcome("/", { _ in }) else {
          Issue.record("expected no answer")
          return
        }
        SocketConnector(target: .tcp(host: "127.0.0.1", port: port))
          .connect(watch: ServiceWatch(), opened: { _ in }) { result in
            if case .success(let channel) = result { silent.send(channel) }
          }
        _ = try await silent.value()
      }
      // The server is gone, and has closed it.
      try await silent.value().closeFuture.get()
    }

    @Test func `tells a client that hangs up from one that resets`() async throws {
      let closures = Mailbox<WSClosure?>("closures")
      try await withWSServer(Self.options(TestAuthority())) { client in
        _ = await client.outcomeOfNext()
        closures.send(client.closure)
      } _: { server in
        let driver = WSDriver(HTTPDriver(server.transport))
        try await driver.connect("/") { socket in
          socket.hangUp()
          try await socket.expectClose(code: .abnormalClosure)
        }
        #expect(try await closures.next()?.cause == .connectionClosed)
        try await driver.connect("/") { socket in
          socket.hangUp(.reset)
          try await socket.expectClose(code: .abnormalClosure)
        }
        #expect(try await closures.next()?.cause == .connectionReset)
      }
    }
  }
#endif

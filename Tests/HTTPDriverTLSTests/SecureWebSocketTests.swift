#if TLS
  import Foundation
  import HarnessLoopback
  import HarnessProcess
  import Testing
  import WSDriver

  @testable import HTTPDriverTLS

  @Suite struct `WebSockets over TLS` {
    private var behaviour: WebSocketBehaviour {
      var behaviour = WebSocketBehaviour()
      behaviour.onOpen = { $0.send("welcome") }
      behaviour.onText = { $0.send($1) }
      return behaviour
    }

    @Test func `greet, echo and close over TCP`() async throws {
      let authority = try TestAuthority()
      let context = try TLSServer(try authority.issue("127.0.0.1")).makeContext([.http1])
      let behaviour = self.behaviour
      try await withListener(
        on: .tcp,
        furnish: { channel in
          try ServedConnection.furnish(channel, context: context) { _ in
            try addWebSocketServer(behaviour, to: channel)
          }
        }
      ) { target in
        guard case .tcp(let host, let port) = target else { return }
        let transport = HTTPTransport.tls(
          "https://\(host):\(port)", TLSClient(trusting: authority))
        try await Self.talk(HTTPDriver(transport))
      }
    }

    private static func talk(_ http: HTTPDriver) async throws {
      try await WSDriver(http).connect("/ws") { socket in
        // It comes along with the answer to the upgrade.
        #expect(try await socket.next() == .text("welcome"))
        for count in [0, 1, 126, 65_536, 300_000] {
          let text = String(repeating: "x", count: count)
          try socket.send(text: text)
          #expect(try await socket.next() == .text(text))
        }
        try await socket.expectNone()
      }
    }

    @Test(.enabled("needs Python's websockets") { await Peers.has("websockets") })
    func `Python's websockets echoes over TLS`() async throws {
      let authority = try TestAuthority()
      let certificate = try authority.issue("localhost", "127.0.0.1")
      let program = """
        import asyncio, ssl, websockets
        async def echo(socket):
            await socket.send("welcome")
            async for message in socket:
                await socket.send(message)
        async def main():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("leaf.pem", "key.pem")
            patience = dict(open_timeout=None, ping_interval=None, ssl_handshake_timeout=3600)
            async with websockets.serve(
                echo, "127.0.0.1", 0, ssl=context, max_size=None, **patience
            ) as server:
                port = server.sockets[0].getsockname()[1]
                print(f"listening on https://127.0.0.1:{port}", flush=True)
                await asyncio.Future()
        asyncio.run(main())
        """
      try await withFiles(certificate.files) { folder in
        try await withServiceProcess(
          Peers.python, arguments: ["-c", program], workingDirectory: folder
        ) { service in
          try await Self.talk(
            HTTPDriver(.tls(service.address, TLSClient(trusting: authority))))
        }
      }
    }
  }
#endif

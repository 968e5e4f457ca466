#if TLS
  import Foundation
  import HTTPDriverTLS
  import Testing
  import WSDriver

  private let orders: HTTPHandler = { _, _ in HTTPReply(.ok, .json([])) }

  /// The code that the documentation of HTTPDriverTLS shows, compiled and run; the last test holds it to this file.
  @Suite struct `The articles of HTTPDriverTLS` {
    private let handler = orders

    @Test func `orders are listed over HTTP/2`() async throws {
      try await withHTTPService(orders, over: .tls(speaking: .http2)) { transport in
        try await HTTPDriver(transport).get("/orders").expect(status: .ok)
      }
    }

    @Test func `Serve a handler over TLS`() async throws {
      try await withHTTPService(handler, over: .tls()) { transport in
        try await HTTPDriver(transport).get("/").expect(status: .ok)
      }
      #expect(try HTTPTransport.memory(handler, over: .http2).capabilities.contains(.http2))
    }

    /// Stands for a service of somebody's own.
    private static let program = """
      #!/usr/bin/python3
      import http.server, ssl, sys
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[1], sys.argv[2])
      handler = http.server.SimpleHTTPRequestHandler
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
      server.socket = context.wrap_socket(server.socket, server_side=True)
      print(f"listening on 127.0.0.1:{server.server_port}", flush=True)
      server.serve_forever()

      """

    @Test(
      .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"),
        "needs /usr/bin/python3"))
    func `Drive a service that runs elsewhere`() async throws {
      try await withFiles([:]) { folder in
        let program = "\(folder)/orders"
        try Self.program.write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let authority = try TestAuthority()
        let certificate = try authority.issue("localhost", "127.0.0.1")
        try certificate.certificatePEM.write(
          toFile: "\(folder)/server.pem", atomically: true, encoding: .utf8)
        try certificate.privateKeyPEM.write(
          toFile: "\(folder)/server-key.pem", atomically: true, encoding: .utf8)
        let files = ["\(folder)/server.pem", "\(folder)/server-key.pem"]
        try await withServiceProcess(
          program, arguments: files, ready: .address(after: "listening on ", scheme: "https")
        ) { service in
          let http = HTTPDriver(.tls(service.address, TLSClient(trusting: authority)))
          try await http.get("/").expect(status: .ok)
        }
        let http = HTTPDriver(
          .tls("https://localhost:8443", TLSClient(trusting: authority), speaking: .http2))
        #expect(http.capabilities.isSuperset(of: [.tls, .http2]))
        let pem = try String(contentsOfFile: "\(folder)/server.pem", encoding: .utf8)
        _ = try TLSClient(trustingPEM: pem)
      }
    }

    @Test func `Test what a client makes of a bad certificate`() throws {
      let authority = try TestAuthority()
      _ = try authority.issue("localhost", validity: .expired)
      _ = try authority.issue("localhost", validity: .notYetValid)
      _ = try TestCertificate.selfSigned("localhost")
    }

    @Test func `Ask clients for a certificate`() async throws {
      let authority = try TestAuthority()
      let staff = try TestAuthority(name: "Staff")
      let server = TLSServer(
        try authority.issue("localhost", "127.0.0.1"), requiringClientsOf: staff)
      let ann = TLSClient(trusting: authority, presenting: try staff.issue("ann"))
      try await withHTTPService(handler, over: .tls(server, client: ann)) { transport in
        try await HTTPDriver(transport).get("/").expect(status: .ok)
      }
    }

    @Test func `Speak HTTP/2`() async throws {
      let transport = try HTTPTransport.memory(handler, over: .http2)
      try await withHTTP2Connection(transport) { shared in
        let http = HTTPDriver(shared)
        async let one = http.get("/1")
        async let other = http.get("/2")
        _ = try await (one, other)
      }
    }

    @Test func `Serve a WebSocket over TLS`() async throws {
      let authority = try TestAuthority()
      let options = WSServer.Options(place: .tcp(over: try .tls(by: authority)))
      try await withWSServer(options) { client in
        try await client.expectNext(.json(including: ["subscribe": "prices"]))
        try client.send(json: ["price": 9.5])
      } _: { server in
        // wss://127.0.0.1:41619
        try await runTheClient(against: server.url, trusting: authority.certificatePEM)
      }
    }

    /// Stands for a program that is tested as a client.
    private func runTheClient(against url: String, trusting pem: String) async throws {
      let address = url.replacing("wss://", with: "https://")
      let http = HTTPDriver(.tls(address, try TLSClient(trustingPEM: pem)))
      try await WSDriver(http).connect("/") { socket in
        try socket.send(json: ["subscribe": "prices"])
        try await socket.expectNext(.json(including: ["price": 9.5]))
      }
    }

    /// White space apart, which the format of each decides.
    @Test(arguments: ["HTTPDriverTLS", "TestingOverTLS"])
    func `show nothing that is not here`(_ article: String) throws {
      let here = URL(filePath: #filePath)
      let compiled = try String(contentsOf: here, encoding: .utf8).filter { !$0.isWhitespace }
      let text = try String(
        contentsOf: here.deletingLastPathComponent().appending(
          path: "../../Sources/HTTPDriverTLS/HTTPDriverTLS.docc/\(article).md"), encoding: .utf8)
      let blocks = text.matches(of: /(?s)```swift\n(.*?)```/).map { String($0.output.1) }
        // A manifest is compiled by the consumers.
        .filter { !$0.hasPrefix(".package(") }
      #expect(!blocks.isEmpty)
      for block in blocks {
        #expect(compiled.contains(block.filter { !$0.isWhitespace }), "\(block)")
      }
    }
  }
#endif

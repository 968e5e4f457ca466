#if TLS
  import Foundation
  import HarnessProcess
  import Testing
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  /// Peers that nobody here wrote; `HARNESS_PYTHON` may name a Python that has what they need.
  enum Peers {
    static let python = ProcessInfo.processInfo.environment["HARNESS_PYTHON"] ?? "python3"

    /// Whether Python has these modules.
    static func has(_ modules: String) async -> Bool {
      (try? await run(Command(python, ["-c", "import \(modules)"])).status.isSuccess) ?? false
    }

    /// The path of a program, which may lie outside of most users' search path.
    static func path(_ name: String) -> String? {
      ["/usr/sbin/", "/usr/bin/", "/opt/homebrew/bin/"].map { $0 + name }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static let nghttpd = path("nghttpd")
    static let openssl = path("openssl")
    static let curl = path("curl")
  }

  extension TestCertificate {
    /// As servers read it.
    var files: [String: String] { ["leaf.pem": certificatePEM, "key.pem": privateKeyPEM] }
  }

  @Suite struct `Servers and clients of others` {
    @Test(
      .enabled(if: Peers.nghttpd != nil, "needs nghttpd (Debian's nghttp2-server)"),
      arguments: [true, false])
    func `nghttpd answers with trailers, over h2 and h2c`(overTLS: Bool) async throws {
      let authority = try TestAuthority()
      var files = try authority.issue("localhost", "127.0.0.1").files
      let large = String(repeating: "0123456789", count: 100_000)
      files["a.txt"] = "hello"
      files["large.txt"] = large
      try await withFiles(files) { folder in
        // It chooses no port by itself, and says which it got.
        let port = Int.random(in: 20_000..<30_000)
        let security = overTLS ? ["key.pem", "leaf.pem"] : ["--no-tls"]
        try await withServiceProcess(
          try #require(Peers.nghttpd),
          arguments: [
            "-v", "-a", "127.0.0.1", "-d", folder, "--trailer", "x-sum: 7", "--echo-upload",
            "\(port)",
          ] + security, workingDirectory: folder,
          ready: .line { $0.contains("listen") ? "http://127.0.0.1:\(port)" : nil }
        ) { _ in
          let transport =
            overTLS
            ? HTTPTransport.tls(
              "https://127.0.0.1:\(port)", TLSClient(trusting: authority), speaking: .http2)
            : .http2("http://127.0.0.1:\(port)")
          let http = HTTPDriver(transport)
          let exchange = try await http.get("/a.txt").expect(status: .ok)
          #expect(exchange.text == "hello")
          #expect(exchange.trailers[.init("x-sum")!] == "7")
          #expect(try await http.get("/large.txt").text == large)
          try await http.get("/none").expect(status: .notFound)
          try await http.send(.head, "/a.txt").expectHeader("Content-Length", "5")
          let upload = try await http.post("/echo", .text(large)).expect(status: .ok)
          #expect(upload.text == large)
          try await http.cancelling(.get, "/large.txt", at: .midResponseBody(bytes: 1_000))
          try await withHTTP2Connection(transport) { shared in
            let http = HTTPDriver(shared)
            try await withThrowingTaskGroup(of: Void.self) { group in
              for _ in 0..<20 {
                group.addTask {
                  let text = try await http.get("/large.txt").text
                  #expect(text == large)
                }
              }
              try await group.waitForAll()
            }
          }
        }
      }
    }

    static let application = """
      async def app(scope, receive, send):
          if scope["type"] != "http":
              return
          body = b""
          while True:
              message = await receive()
              if message["type"] != "http.request":
                  return
              body += message.get("body", b"")
              if not message.get("more_body"):
                  break
          version = scope["http_version"].encode()
          await send({"type": "http.response.start", "status": 200,
                      "headers": [(b"content-type", b"text/plain"), (b"x-version", version)]})
          await send({"type": "http.response.body", "body": body})
      """

    @Test(
      .enabled("needs Python's hypercorn") { await Peers.has("hypercorn") },
      arguments: [HTTPWireVersion.http1, .http2])
    func `hypercorn speaks both versions over TLS`(version: HTTPWireVersion) async throws {
      let authority = try TestAuthority()
      var files = try authority.issue("localhost", "127.0.0.1").files
      files["app.py"] = Self.application
      try await withFiles(files) { folder in
        try await withServiceProcess(
          Peers.python,
          arguments: [
            "-m", "hypercorn", "--keep-alive", "3600", "--certfile", "leaf.pem", "--keyfile",
            "key.pem", "--bind",
            "127.0.0.1:0", "app:app",
          ], workingDirectory: folder, ready: .address(after: "Running on ")
        ) { service in
          let http = HTTPDriver(
            .tls(service.address, TLSClient(trusting: authority), speaking: version))
          let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
          let exchange = try await http.post("/", .bytes(bytes).inChunks([1_000, 7]))
            .expect(status: .ok).expectHeader("X-Version", version == .http1 ? "1.1" : "2")
          #expect(exchange.body == bytes)
        }
      }
    }

    @Test(.enabled(if: Peers.openssl != nil, "needs openssl"), arguments: ["-tls1_2", "-tls1_3"])
    func `openssl answers over each version of TLS`(version: String) async throws {
      let authority = try TestAuthority()
      var files = try authority.issue("localhost", "127.0.0.1").files
      files["a.txt"] = "hello"
      try await withFiles(files) { folder in
        try await withServiceProcess(
          try #require(Peers.openssl), listening: .portNumber,
          arguments: { place in
            [
              "s_server", "-accept", "127.0.0.1:\(place.port ?? 0)", "-cert", "leaf.pem", "-key",
              "key.pem", "-WWW", version,
            ]
          }, workingDirectory: folder
        ) { service in
          let address = service.address.replacing("http://", with: "https://")
          let http = HTTPDriver(.tls(address, TLSClient(trusting: authority)))
          let text = try await http.get("/a.txt").expect(status: .ok).text
          #expect(text == "hello")
        }
      }
    }

    @Test(
      .enabled(if: Peers.curl != nil, "needs curl"),
      arguments: ["tls", "h2", "h2c"])
    func `curl repeats the line of a failure`(way: String) async throws {
      let authority = try TestAuthority()
      let serving =
        switch way {
        case "tls": try HTTPServing.tls(by: authority)
        case "h2": try HTTPServing.tls(by: authority, speaking: .http2)
        default: HTTPServing.http2
        }
      let seen = Mailbox<String>("requests")
      let handler: HTTPHandler = { request, body in
        let text = try await String(decoding: body.bytes(), as: UTF8.self)
        seen.send("\(request.method) \(request.path ?? "") \(text)")
        return HTTPReply(.ok, .text("hello"))
      }
      try await withHTTPService(handler, over: serving) { transport in
        let exchange = try await HTTPDriver(transport).post("/a?b=1", .text("it's"))
        _ = try await seen.next()
        try await withFiles(["trusted.pem": authority.certificatePEM]) { folder in
          let line = CurlLine(record: exchange.record).text
          let result = try await run(
            Command("/bin/bash", ["-c", "cd \(folder) && \(line) -sS"]))
          #expect(result.status.isSuccess, "\(line)\n\(result)")
          #expect(try await seen.next() == "POST /a?b=1 it's")
          let text = result.standardOutput.text
          #expect(text.hasPrefix(way == "tls" ? "HTTP/1.1 200" : "HTTP/2 200"), "\(text)")
        }
      }
    }

    @Test(
      .enabled(if: Peers.curl != nil, "needs curl"), arguments: [HTTPWireVersion.http1, .http2])
    func `curl asks for the name of the client's own`(version: HTTPWireVersion) async throws {
      let authority = try TestAuthority()
      let serving = HTTPServing.tls(
        TLSServer(try authority.issue("api.example.com")),
        client: TLSClient(trusting: authority, serverName: "api.example.com"), speaking: version)
      let seen = Mailbox<String>("authorities")
      let handler: HTTPHandler = { request, _ in
        seen.send(request.authority ?? "")
        return HTTPReply(.ok, .text("hello"))
      }
      try await withHTTPService(handler, over: serving) { transport in
        let exchange = try await HTTPDriver(transport).get("/a?b=1")
        let sent = try await seen.next()
        try await withFiles(["trusted.pem": authority.certificatePEM]) { folder in
          let line = CurlLine(record: exchange.record).text
          let result = try await run(Command("/bin/bash", ["-c", "cd \(folder) && \(line) -sS"]))
          #expect(result.status.isSuccess, "\(line)\n\(result)")
          #expect(try await seen.next() == sent)
        }
      }
    }

    @Test(.enabled(if: Peers.openssl != nil, "needs openssl"), arguments: [nil, "api.example.com"])
    func `openssl repeats the line of raw bytes`(name: String?) async throws {
      let authority = try TestAuthority()
      let serving = HTTPServing.tls(
        TLSServer(try authority.issue(name ?? "127.0.0.1")),
        client: TLSClient(trusting: authority, serverName: name))
      let seen = Mailbox<String>("requests")
      let handler: HTTPHandler = { request, _ in
        seen.send(request.path ?? "")
        return HTTPReply(.badRequest, .text("hello"))
      }
      try await withHTTPService(handler, over: serving) { transport in
        let text = "GET /raw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        guard case .rejected(let exchange) = await HTTPDriver(transport).raw(text) else {
          Issue.record("not rejected")
          return
        }
        #expect(try await seen.next() == "/raw")
        try await withFiles(["trusted.pem": authority.certificatePEM]) { folder in
          let line = CurlLine(record: exchange.record).text
          let result = try await run(Command("/bin/bash", ["-c", "cd \(folder) && \(line)"]))
          #expect(result.standardOutput.text.hasPrefix("HTTP/1.1 400"), "\(line)\n\(result)")
          #expect(try await seen.next() == "/raw")
        }
      }
    }
  }
#endif

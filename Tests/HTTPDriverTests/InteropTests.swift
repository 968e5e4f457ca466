import Foundation
import HTTPDriver
import HTTPTypes
import HarnessProcess
import Testing

/// Servers that nobody here wrote; `HARNESS_PYTHON` may name a Python that has what they need.
enum Peers {
  static let python = ProcessInfo.processInfo.environment["HARNESS_PYTHON"] ?? "python3"

  /// Whether Python has these modules.
  static func has(_ modules: String) async -> Bool {
    (try? await run(Command(python, ["-c", "import \(modules)"])).status.isSuccess) ?? false
  }

  /// The path of nginx, which lies outside of most users' search path.
  static let nginx = ["/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Runs `body` with a folder of its own, whose path is short enough for a socket in it.
  static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = "/tmp/harness-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(folder))
    } catch {
      result = .failure(error)
    }
    try FileManager.default.removeItem(atPath: folder)
    try result.get()
  }
}

@Suite struct `Servers of others` {
  @Test(.enabled("needs Python") { await Peers.has("http.server") })
  func `Python's http server answers as it closes`() async throws {
    let program = """
      import http.server
      class Handler(http.server.SimpleHTTPRequestHandler):
          def log_message(self, *arguments): pass
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
      print(f"listening on 127.0.0.1:{server.server_address[1]}", flush=True)
      server.serve_forever()
      """
    try await Peers.withFolder { folder in
      try Data("hello".utf8).write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
      try await withServiceProcess(
        Peers.python, arguments: ["-c", program], workingDirectory: folder
      ) { service in
        let http = HTTPDriver(service.address)
        let exchange = try await http.get("/a.txt").expect(status: .ok).expectMediaType(
          "text/plain")
        #expect(exchange.text == "hello")
        try await http.send(.head, "/a.txt").expectHeader("Content-Length", "5")
        try await http.get("/none").expect(status: .notFound)
        try await http.post("/a.txt", .text("x")).expect(status: .notImplemented)
        #expect(
          "\(await http.raw("nonsense\r\n\r\n"))"
            == "failed: no response: what came is not HTTP/1.1 (invalid constant string)")
        try await http.stream(.get, "/a.txt") { response in
          for try await line in response.lines { #expect(line == "hello") }
        }
      }
    }
  }

  static let application = """
    import asyncio
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
        if scope["path"] == "/events":
            await send({"type": "http.response.start", "status": 200,
                        "headers": [(b"content-type", b"text/event-stream")]})
            number = 0
            while number < 10000:
                number += 1
                await send({"type": "http.response.body", "body": b"id: %d\\ndata: tick\\n\\n" % number,
                            "more_body": True})
            return
        await send({"type": "http.response.start", "status": 200,
                    "headers": [(b"content-type", b"text/plain"), (b"x-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})
    """

  @Test(
    .enabled("needs Python's hypercorn") { await Peers.has("hypercorn") }, arguments: [true, false])
  func `hypercorn takes chunks, waits and streams`(overSocket: Bool) async throws {
    try await Peers.withFolder { folder in
      try Data(Self.application.utf8).write(to: URL(fileURLWithPath: "\(folder)/app.py"))
      let binding = overSocket ? "unix:\(folder)/s.sock" : "127.0.0.1:0"
      let ready: ServiceReadiness =
        overSocket
        ? .line { $0.contains("Running on") ? "http://localhost" : nil }
        : .address(after: "Running on ")
      try await withServiceProcess(
        Peers.python,
        // It would close a connection that is idle for five seconds, which a busy machine lets one be.
        arguments: ["-m", "hypercorn", "--keep-alive", "3600", "--bind", binding, "app:app"],
        workingDirectory: folder, ready: ready
      ) { service in
        let http = HTTPDriver(
          overSocket ? .unixSocket("\(folder)/s.sock") : .address(service.address))
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let exchange = try await http.post("/", .bytes(bytes).inChunks([1_000, 7]))
          .expect(status: .ok).expectHeader("X-Length", "100000")
        #expect(exchange.body == bytes)
        let asked = try await http.post("/", .text("hello"), headers: [.expect: "100-continue"])
        #expect(asked.informational.map(\.status.code) == [100])
        #expect(asked.text == "hello")
        var seen: [String] = []
        try await http.stream(.get, "/events") { response in
          for try await event in response.events {
            seen.append(event.id)
            if seen.count == 3 { break }
          }
        }
        #expect(seen == ["1", "2", "3"])
        #expect(await http.raw("GET / HTTP/1.1\r\nHost : a\r\n\r\n").status == 400)
        #expect(
          await http.raw(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
          ).status == 400)
      }
    }
  }

  @Test(.enabled(if: Peers.nginx != nil, "needs nginx"))
  func `nginx compresses, limits and rejects`() async throws {
    try await Peers.withFolder { folder in
      let configuration = """
        daemon off; master_process off; pid \(folder)/pid; error_log stderr notice;
        events {}
        http {
          access_log off; default_type text/plain; root \(folder);
          client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
          fastcgi_temp_path \(folder)/f; uwsgi_temp_path \(folder)/u; scgi_temp_path \(folder)/s;
          gzip on; gzip_types text/plain; gzip_min_length 1;
          server {
            listen unix:\(folder)/s.sock;
            client_max_body_size 1000;
            location /moved { return 301 /a.txt; }
          }
        }
        """
      let text = String(repeating: "hello ", count: 1_000)
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(folder)/nginx.conf"))
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
      try await withServiceProcess(
        try #require(Peers.nginx),
        arguments: ["-p", folder, "-c", "\(folder)/nginx.conf", "-e", "stderr"],
        // It listens before it says how many files it may open.
        ready: .line { $0.contains("getrlimit") ? "http://localhost" : nil }
      ) { _ in
        let http = HTTPDriver(.unixSocket("\(folder)/s.sock"))
        #expect(try await http.get("/a.txt").expect(status: .ok).text == text)
        let small = try await http.accepting(.gzip).get("/a.txt")
        #expect(small.text == text)
        #expect(small.encodedBody.count < text.utf8.count / 10)
        let moved = try await http.following(redirects: 1).get("/moved").expect(status: .ok)
        #expect(moved.redirects.count == 1)
        let large = try await http.post(
          "/a.txt", .bytes([UInt8](repeating: 1, count: 2_000)),
          headers: [.expect: "100-continue"]
        ).expect(status: .contentTooLarge)
        #expect(large.informational.isEmpty)
        for bytes in [
          "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ] {
          #expect(await http.raw(bytes).status == 400, "\(bytes)")
        }
        #expect(
          await http.raw("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n", inPieces: [1]).status == 200)
      }
    }
  }
}

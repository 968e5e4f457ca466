import HTTPDriver
import HarnessLoopback
import Testing
import Waiters

@Suite struct `An HTTP driver` {
  @Test func `tells an observer of each exchange, refusals included`() async throws {
    let seen = Mailbox<String>("exchanges")
    let http = HTTPDriver(.handler(echo)) { exchange in
      seen.send("\(exchange.request.method) \(exchange.request.path ?? "") \(exchange.status.code)")
    }
    _ = try await http.get("/a")
    _ = await http.outcome(.post, "/b")
    #expect(try await seen.collect(count: 2) == ["GET /a 200", "POST /b 200"])
  }

  @Test func `finds a service by the name of its host`() async throws {
    try await withHTTPServer(echo) { server in
      let http = HTTPDriver("http://localhost:\(server.port)")
      try await http.get("/").expect(status: .ok)
    }
  }

  @Test func `puts the address's path before each request's, and its credentials into a field`()
    async throws
  {
    try await withHTTPServer({ request, _ in
      HTTPReply(
        .ok,
        .json([
          "path": .string(request.path ?? ""),
          "host": .string(request.authority ?? ""),
          "authorization": .string(request.headerFields[.authorization] ?? ""),
        ]))
    }) { server in
      let http = HTTPDriver("http://ann:s3cret@127.0.0.1:\(server.port)/api/")
      try await http.get("/x?y=1")
        .expectJSON("/path", equals: "/api/x?y=1")
        .expectJSON("/host", equals: .string("127.0.0.1:\(server.port)"))
        .expectJSON("/authorization", equals: "Basic YW5uOnMzY3JldA==")
      let text = "\(try await http.get("/x"))"
      #expect(!text.contains("s3cret"), "\(text)")
      #expect(text.contains("  Authorization: Basic ***\n"), "\(text)")
      #expect(
        text.hasSuffix("curl -i \"http://ann:$PASSWORD@127.0.0.1:\(server.port)/api/x\""), "\(text)"
      )
    }
  }

  @Test func `takes its deadline from the scope`() async throws {
    try await withScriptedServer(ServerScript("", then: .hold)) { server in
      let http = HTTPDriver(server.address)
      let error = try await withDeadline(.milliseconds(50), "the whole journey") {
        try #require(await http.outcome(.get, "/").error)
      }
      #expect(error.reason.contains(", set by withDeadline \"the whole journey\""))
    }
  }

  @Test func `knows what its transport can do`() {
    #expect(!HTTPDriver(.handler(echo)).capabilities.contains(.framing))
    #expect(HTTPDriver(.memory(echo)).capabilities.contains([.framing, .upgrades]))
    #expect(HTTPDriver("http://h").capabilities.contains([.sockets, .upgrades]))
  }

  @Test func `repeats by curl what it sent`() async throws {
    try await withTemporaryFile("a.csv", Array("a,b\n".utf8)) { path in
      try await withHTTPServer(echo) { server in
        let form = HTTPBody.multipart { FilePart("file", .path(path)) }
        let texts = try await failureTexts {
          try await HTTPDriver(server.address).post("/up", form).expect(status: .created)
        }
        let line = texts.first?.split(separator: "\n").last ?? ""
        #expect(
          line == """
              repeat    curl -i -X POST -F 'file=@\(path);filename=a.csv;type=text/csv' \
            '\(server.address)/up'
            """)
      }
    }
  }
}

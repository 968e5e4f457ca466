import HTTPTypes
import HarnessLoopback
import HarnessWebSocket
import Testing
import Waiters

@testable import WSDriver

@Suite struct `A WebSocket server of a test` {
  @Test func `runs its script with each client`() async throws {
    try await withWSServer { client in
      try await client.expectNext(.json(including: ["subscribe": "prices"]))
      try client.send(json: ["price": 9.5])
      try await client.expectClose(code: 4000, reason: "enough")
    } _: { server in
      let driver = WSDriver(HTTPDriver(server.address))
      for _ in 0..<2 {
        try await driver.connect("/prices") { socket in
          try socket.send(json: ["subscribe": "prices", "since": 1])
          try await socket.expectNext(.json(at: "/price", equals: 9.50))
          socket.close(4000, reason: "enough")
          let closure = try await socket.expectClose(code: 4000)
          #expect(closure.closedBy == .client)
          #expect(closure.isClean)
          #expect(
            "\(closure)" == "closed by this side, answered by the server with 4000")
        }
      }
    }
  }

  @Test func `closes with 1001 what is open in the end`() async throws {
    let closures = Mailbox<WSClosure?>("closures")
    try await withWSServer { client in
      await client.respond { $0 }
      closures.send(client.closure)
    } _: { server in
      let driver = WSDriver(HTTPDriver(server.address))
      let opening = await driver.open("/", [:], [], by: .effective(within: nil))
      guard case .open(let connection, _) = opening else {
        Issue.record("expected a WebSocket")
        return
      }
      _ = connection.send(.text("a"))
      let answer = try await WSSocket(connection).next()
      #expect(answer == .text("a"))
    }
    let closure = try await closures.next()
    #expect(closure?.code == .goingAway)
    #expect(closure?.closedBy == .server)
  }

  @Test func `hands on what a script throws`() async throws {
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await withWSServer { _ in
        throw Stop()
      } _: { server in
        try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
          try await socket.expectClose(code: .goingAway)
        }
      }
    }
  }

  @Test func `fails the test where a script misses something`() async throws {
    let texts = try await failureTexts {
      try await withWSServer { client in
        try await client.expectNext(.text("b"))
      } _: { server in
        try await WSDriver(HTTPDriver(server.address)).connect("/x") { socket in
          try socket.send(text: "a")
          try await socket.expectClose(code: .goingAway)
        }
      }
    }
    #expect(
      texts.first?.hasPrefix(
        "WebSocket /x, server's side: the next message is not the text \"b\"\n"
          + "  reason    it is another text\n  message   a\n") == true, "\(texts)")
    #expect(texts.count == 1)
  }

  @Test func `answers as it is told`() async throws {
    let options = WSServer.Options(subprotocols: ["v2", "v1"]) { request in
      switch request.path {
      case "/refused":
        .refuse(.notFound, headers: [.contentType: "text/plain"], body: Array("no".utf8))
      case "/reset": .bytes(Array("HTTP/1.1 1".utf8), then: .reset)
      case "/noise": .bytes(Array("noise\r\n\r\n".utf8), then: .close)
      default: .accept(headers: [.server: "test"])
      }
    }
    try await withWSServer(options) {
      await $0.respond { $0 }
    } _: { server in
      let driver = WSDriver(HTTPDriver(server.address))
      let refusal = try await driver.expectRefusal("/refused")
      #expect(refusal.exchange.body == Array("no".utf8))
      guard case .failed(let reset) = try await driver.outcome("/reset", { _ in }) else {
        Issue.record("expected no answer")
        return
      }
      #expect(reset.code == .connectionReset)
      guard case .failed(let noise) = try await driver.outcome("/noise", { _ in }) else {
        Issue.record("expected no answer")
        return
      }
      #expect(noise.code == .malformedResponse)
      try await driver.connect("/", subprotocols: ["v0", "v1", "v2"]) { socket in
        #expect(socket.subprotocol == "v1")
        #expect(socket.handshake?.response.headerFields[.server] == "test")
      }
    }
  }

  @Test(arguments: [nil, WSDeflate(serverMaxWindowBits: 9, clientMaxWindowBits: 10)])
  func `agrees on compression`(offer: WSDeflate?) async throws {
    let options = WSServer.Options(WSOptions(compression: WSDeflate()))
    try await withWSServer(options) {
      await $0.respond { $0 }
    } _: { server in
      let driver = WSDriver(HTTPDriver(server.address), compression: offer)
      try await driver.connect("/") { socket in
        #expect(socket.compression?.serverWindowBits == offer?.serverMaxWindowBits)
        #expect(socket.compression?.clientWindowBits == offer?.clientMaxWindowBits)
        let text = String(repeating: "grüezi ", count: 10_000)
        for _ in 0..<3 {
          try socket.send(text: text)
          #expect(try await socket.next() == .text(text))
        }
        #expect(socket.transcript.contains(", inflated 80000") == (offer != nil))
      }
    }
  }

  /// RFC 9110, sections 7.8 and 15.5.22: what to upgrade to, and that it is of this connection.
  @Test(arguments: [HTTPFields(), [.upgrade: "websocket", .connection: "Upgrade"]])
  func `says what to upgrade to where it asks for that`(fields: HTTPFields) async throws {
    try await withWSServer { _ in
    } _: { server in
      let exchange = try await HTTPDriver(server.transport).get("/", headers: fields)
      #expect(exchange.status == .upgradeRequired)
      #expect(exchange.response.headerFields[.upgrade] == "websocket")
      #expect(exchange.response.headerFields[.connection] == "Upgrade, close")
    }
  }

  struct Request: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let head: String
    let status: Int

    init(_ what: String, _ status: Int, _ change: (inout [String]) -> Void) {
      testDescription = what
      self.status = status
      var lines = [
        "GET / HTTP/1.1", "Host: a", "Upgrade: websocket", "Connection: keep-alive, Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ]
      change(&lines)
      head = lines.joined(separator: "\r\n") + "\r\n\r\n"
    }
  }

  /// Source: RFC 6455, section 4.2.1.
  @Test(arguments: [
    Request("a request as it should be", 101) { _ in },
    Request("another method", 400) { $0[0] = "POST / HTTP/1.1" },
    Request("another version of HTTP", 400) { $0[0] = "GET / HTTP/1.0" },
    Request("a request line of two words", 400) { $0[0] = "GET /" },
    Request("no Host", 400) { $0.remove(at: 1) },
    Request("two Hosts", 400) { $0.append("Host: b") },
    Request("no Upgrade", 426) { $0.remove(at: 2) },
    Request("no Connection", 400) { $0.remove(at: 3) },
    Request("another version of WebSocket", 426) { $0[4] = "Sec-WebSocket-Version: 8" },
    Request("no key", 400) { $0.removeLast() },
    Request("a key that is too short", 400) { $0[5] = "Sec-WebSocket-Key: dGhlIHNhbXBs" },
    Request("two keys", 400) { $0.append($0[5]) },
    Request("a line that is no field", 400) { $0.append("nonsense") },
    Request("extensions that cannot be read", 400) { $0.append("Sec-WebSocket-Extensions: ;") },
  ])
  func `accepts what asks for a WebSocket as it should`(_ request: Request) {
    func status() -> Int {
      do throws(WSRequestFault) {
        let parsed = try WSServerHandshake.parse(Array(request.head.utf8)[...])
        _ = try WSServerHandshake(parsed, subprotocols: [], compression: WSDeflate())
        return 101
      } catch {
        return error.status.code
      }
    }
    #expect(status() == request.status)
  }
}

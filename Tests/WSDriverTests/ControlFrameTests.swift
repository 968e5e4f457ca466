import HarnessLoopback
import HarnessWebSocket
import Testing
import Waiters

@testable import WSDriver

/// Pings and pongs, beside messages and among frames that are sent in pieces.
@Suite struct `A control frame` {
  @Test func `is no part of what others collect`() async throws {
    try await withWSServer { client in
      try await client.expectNext(.text("go"))
      try await client.ping()
      try client.send(text: "done")
      try await client.expectClose()
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        async let messages = socket.collect(until: { $0.text == "done" })
        async let heartbeat = socket.expectPing()
        try await socket.ping()
        try await socket.expectNone(of: .text("never"))
        try socket.send(text: "go")
        _ = try await heartbeat
        #expect(try await messages.count == 1)
      }
    }
  }

  /// RFC 6455, section 5.5.3: a peer may answer the most recent ping alone.
  @Test func `answers the pings before it too`() async throws {
    let options = WSServer.Options(WSOptions(behaviour: .silent))
    try await withWSServer(options) { client in
      try await client.expectPing()
      let second = try await client.expectPing()
      client.send(frame: WSFrame(.pong, second))
      _ = try await client.collectUntilClose()
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        async let first = socket.ping()
        try await socket.ping()
        _ = try await first
        socket.hangUp()
      }
    }
  }

  @Test func `waits for a frame that is sent in pieces`() async throws {
    let text = String(repeating: "x", count: 2_000)
    try await withWSServer { client in
      // Each of them is answered at once, between two pieces, if it may be.
      for _ in 0..<200 { client.send(frame: WSFrame(.ping, [1])) }
      // Whole, and before or behind the other.
      let messages = try await client.collect(count: 2)
      #expect(Set(messages) == [.text(text), .text("beside")])
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        async let beside: Void = socket.send(text: "beside")
        let isSent = await socket.send(frame: WSFrame(.text, Array(text.utf8)), inPiecesOf: 1)
        #expect(isSent)
        try await beside
        try await socket.expectClose()
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not let a sender in pieces wait for ever`() async throws {
    try await withWSServer(WSServer.Options(place: .memory)) { client in
      client.stopReading()
      try client.send(text: "reads no more")
      _ = try await client.collectUntilClose()
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        try await socket.expectNext(.text("reads no more"))
        let much = WSFrame(.binary, [UInt8](repeating: 0, count: 8 << 20))
        let late = await socket.send(frame: much, inPiecesOf: 1 << 20, within: .milliseconds(50))
        #expect(!late)
        #expect(socket.closure == nil)
        let sender = Task {
          await socket.send(frame: much, inPiecesOf: 1 << 20, within: .seconds(3_600))
        }
        sender.cancel()
        let isSent = await sender.value
        #expect(!isSent)
        #expect(socket.closure == nil)
        socket.hangUp(.reset)
      }
    }
  }

  /// The answer to a close leaves behind the pieces, and the connection is left behind it.
  @Test func `that closes waits for a frame that is sent in pieces`() async throws {
    let text = String(repeating: "x", count: 2_000)
    try await withWSServer { client in
      try await client.expectNext(.text("go"))
      client.send(frame: WSFrame(.ping, []))
      await client.send(frame: WSFrame(.text, Array(text.utf8)), inPiecesOf: 1)
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        try socket.send(text: "go")
        try await socket.expectPing()
        socket.close(WSCloseCode(rawValue: 4000))
        let closure = try await socket.expectClose(code: WSCloseCode(rawValue: 4000))
        #expect(closure.isClean)
        #expect(try await socket.collectUntilClose() == [.text(text)])
      }
    }
  }

  @Test func `that is sent with others counts as if it were sent alone`() async throws {
    try await withWSServer { client in
      try await client.expectNext(.text("a"))
      try await client.expectClose(code: WSCloseCode(rawValue: 4000))
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        socket.send(frames: [
          WSFrame(.text, Array("a".utf8)), .close(WSCloseCode(rawValue: 4000)),
        ])
        let closure = try await socket.expectClose(code: WSCloseCode(rawValue: 4000))
        #expect(closure.closedBy == .client)
        #expect(closure.isClean)
      }
    }
  }

  @Test func `cannot be sent where the peer has closed`() async throws {
    try await withWSServer { client in
      client.close(WSCloseCode(rawValue: 4001))
    } _: { server in
      let texts = try await failureTexts {
        try await WSDriver(server.transport).connect("/") { socket in
          try await socket.expectClose(code: WSCloseCode(rawValue: 4001))
          try await socket.ping()
        }
      }
      #expect(
        texts.first?.hasPrefix(
          "WebSocket /: no ping sent, the WebSocket had ended: closed by the server with 4001")
          == true, "\(texts)")
    }
  }

  @Test func `is missed where this side hangs up`() async throws {
    try await withWSServer { client in
      _ = try await client.collectUntilClose()
    } _: { server in
      try await WSDriver(server.transport).connect("/") { socket in
        socket.hangUp()
        let closure = try await socket.expectClose(code: .abnormalClosure)
        #expect(
          "\(closure)"
            == "1006 (no close frame): this side ended the connection without a close frame of the server"
        )
      }
    }
  }
}

import HarnessLoopback
import HarnessWebSocket
import Testing
import Waiters

@testable import WSDriver

@Suite struct `The end of a WebSocket` {
  @Test(
    "says who closed",
    arguments: [
      (WSRole.server, "closed by the server with 4001, reason \"done\""),
      (.client, "closed by this side, answered by the server with 4001"),
    ])
  func initiator(closer: WSRole, text: String) async throws {
    try await withWSServer { peer in
      if closer == .server { peer.close(4001, reason: "done") }
      let closure = try await peer.expectClose(code: 4001)
      #expect(closure.closedBy == closer)
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
        if closer == .client { socket.close(4001, reason: "done") }
        let closure = try await socket.expectClose(code: 4001)
        #expect(closure.closedBy == closer)
        #expect(closure.isClean)
        #expect("\(closure)" == text)
      }
    }
  }

  /// Whatever has come of a frame, the loss of the connection is told as what it was.
  @Test(arguments: [WSSocket.HangUp.orderly, .reset])
  func `comes behind any byte`(_ way: WSSocket.HangUp) async throws {
    let frame = WSFrame(.text, Array("grüezi".utf8))
    let count = frame.bytes(sentBy: .server).count
    try await withWSServer { peer in
      let cut = Int(peer.request.path?.dropFirst() ?? "") ?? 0
      // A reset may overtake the 101.
      try await peer.expectNext(.text("go"))
      await peer.send(frame: frame, cutAfter: cut, then: way)
    } _: { server in
      for cut in 0...count {
        try await WSDriver(HTTPDriver(server.address)).connect("/\(cut)") { socket in
          try socket.send(text: "go")
          let closure = try await socket.expectClose(code: .abnormalClosure)
          #expect(closure.closedBy == nil)
          #expect(!closure.isClean)
          // A reset may overtake what was sent before it.
          switch way {
          case .orderly:
            #expect(closure.cause == .connectionClosed)
            #expect(try await socket.collectUntilClose().count == (cut == count ? 1 : 0))
          case .reset: #expect(closure.cause == .connectionReset)
          }
        }
      }
    }
  }

  @Test func `is never answered by a side that is told to be silent`() async throws {
    let options = WSServer.Options(WSOptions(behaviour: .silent))
    try await withWSServer(options) { peer in
      try await peer.expectPing()
      try await peer.expectClose(code: .goingAway)
      peer.hangUp()
    } _: { server in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
          _ = try? await socket.ping(within: .milliseconds(20))
          socket.close(.goingAway)
          let closure = try await socket.expectClose(code: .abnormalClosure)
          #expect(closure.closedBy == .client)
          #expect(!closure.isClean)
        }
      }
      #expect(texts.count == 1)
      let deadline = Deadline.effective(within: .milliseconds(20))
      #expect(texts.first?.hasPrefix("WebSocket /: no pong within \(deadline)\n") == true)
    }
  }

  @Test func `of a client that answers no pings can be tested`() async throws {
    try await withWSServer { peer in
      // A server that drops clients which do not answer.
      let texts = try await failureTexts { try await peer.ping(within: .milliseconds(20)) }
      #expect(texts.count == 1)
      peer.close(.policyViolation, reason: "no pong")
    } _: { server in
      let driver = WSDriver(
        HTTPDriver(server.address), behaviour: WSBehaviour(answersPings: false))
      try await driver.connect("/") { socket in
        try await socket.expectPing()
        try await socket.expectClose(code: .policyViolation, reason: "no pong")
      }
    }
  }

  @Test func `measures the way of a ping`() async throws {
    try await withWSServer {
      await $0.respond { $0 }
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
        let started = ContinuousClock.now
        let first = try await socket.ping()
        let second = try await socket.ping()
        #expect(first > .zero && second > .zero)
        #expect(first + second <= .now - started)
      }
    }
  }

  @Test func `says which rule the peer broke`() async throws {
    try await withWSServer { peer in
      peer.send(frame: WSFrame(.text, [0xff]))
      let closure = try await peer.expectClose(code: .invalidPayload)
      #expect(closure.closedBy == .client)
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
        let closure = try await socket.expectViolation(code: .invalidPayload)
        #expect(
          closure.cause == .violation("a text message is not UTF-8 (RFC 6455, section 8.1)"))
        #expect(!closure.isClean)
      }
    }
  }

  @Test func `comes when more lies here than is held`() async throws {
    let options = WSOptions(inboxLimit: 1_000)
    try await withWSServer { peer in
      while peer.closure == nil {
        // The client may close between any two of these lines, which fails the call that follows.
        await withKnownIssue(isIntermittent: true) {
          try peer.send(binary: Array(repeating: 0, count: 300))
          try await peer.ping()
        }
      }
    } _: { server in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(server.address), options).connect("/") { socket in
          _ = try? await socket.expectClose(code: .normalClosure)
          #expect(socket.closure?.code == .policyViolation)
          let held = try await socket.collectUntilClose()
          #expect(held.count == 4)
        }
      }
      #expect(
        texts.contains {
          $0.hasPrefix(
            "WebSocket /: closed with 1008 (policy violation), because 1200 bytes of messages lie here that "
              + "no wait has taken, expected the server to close with 1000 (normal closure)\n")
        })
    }
  }
}

@Suite struct `A peer that does not read` {
  /// Its pings are answered by the latest alone, so that the answers do not pile up.
  @Test func `makes this side hold no more and more`() async throws {
    let count = 200_000
    let counted = Signal<Void>("counted")
    try await withWSServer { peer in
      peer.stopReading()
      let ping = WSFrame(.ping, Array(repeating: 7, count: 125))
      for _ in 0..<count / 1_000 {
        guard
          await peer.send(
            raw: Array(repeating: ping.bytes(sentBy: .server), count: 1_000).flatMap { $0 },
            inPiecesOf: 1 << 20)
        else { return }
      }
      try peer.send(text: "sent")
      // Until then no answer leaves but those that the buffers of the system take.
      try await counted.value(within: .seconds(60))
      peer.resumeReading()
      try await peer.expectNext(.text("read"))
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
        try await socket.expectNext(.text("sent"), within: .seconds(60))
        // Every frame has a line, also those lines that are no longer kept.
        let transcript = socket.connection.transcript
        let answered = transcript.count + transcript.dropped - count - 1
        counted.send()
        #expect(answered < count * 3 / 4, "\(answered) pongs for \(count) pings")
        try socket.send(text: "read")
        try await socket.expectClose()
      }
    }
  }
}

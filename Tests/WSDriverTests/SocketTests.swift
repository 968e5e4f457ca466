import HTTPTypes
import HarnessJSON
import HarnessLoopback
import ProblemJSON
import Testing
import WSDriver
import Waiters

struct Progress: Codable, Equatable, Sendable {
  var sequence: Int
  var stage: String

  var isTerminal: Bool { stage == "done" }
}

/// Sends the stages of an operation, then closes.
var progressService: WebSocketBehaviour {
  var behaviour = WebSocketBehaviour()
  behaviour.refuses = { $0 == "/ws/unknown" }
  behaviour.onOpen = { peer in
    for (index, stage) in ["validation", "storage", "done"].enumerated() {
      peer.send("{\"sequence\":\(index),\"stage\":\"\(stage)\"}")
    }
    peer.close(1000, "complete")
  }
  return behaviour
}

/// Sends back what it is sent.
var echoService: WebSocketBehaviour {
  var behaviour = WebSocketBehaviour()
  behaviour.onText = { peer, text in peer.send(text) }
  return behaviour
}

@Suite struct `A WebSocket` {
  @Test func `follows progress to its end`() async throws {
    try await withWebSocketServer(progressService) { server in
      let progress = try await WSDriver(HTTPDriver(server.address)).connect("/ws/7") { socket in
        let progress = try await socket.collect(Progress.self, until: \.isTerminal)
        try await socket.expectClose(code: .normalClosure, reason: "complete")
        return progress
      }
      #expect(progress.map(\.stage) == ["validation", "storage", "done"])
    }
  }

  @Test func `sends and receives messages of each kind`() async throws {
    try await withWebSocketServer(echoService) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        try socket.send(text: "grüezi")
        #expect(try await socket.next() == .text("grüezi"))
        try socket.send(json: ["b": 1, "a": 2])
        #expect(try await socket.next() == .text("{\"b\":1,\"a\":2}"))
        try socket.send(json: Progress(sequence: 4, stage: "x"))
        #expect(try await socket.next(Progress.self) == Progress(sequence: 4, stage: "x"))
        let long = String(repeating: "ä", count: 100_000)
        try socket.send(text: long)
        #expect(try await socket.next().text == long)
        for number in 0..<3 { try socket.send(text: "\(number)") }
        #expect(try await socket.collect(count: 3).compactMap(\.text) == ["0", "1", "2"])
        try await socket.expectNone()
      }
    }
  }

  @Test func `collects until the close`() async throws {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { peer in
      peer.send([1, 2])
      peer.send("a")
      peer.close(4001)
    }
    try await withWebSocketServer(behaviour) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        #expect(try await socket.collectUntilClose() == [.binary([1, 2]), .text("a")])
        #expect(socket.closure?.code == 4001)
        #expect(try await socket.collectUntilClose() == [])
        try await socket.expectNone()
      }
    }
  }

  @Test func `takes a first frame that comes along with the 101`() async throws {
    let script = ServerScript(then: .close) { head in
      opening(head) + [0x81, 0x02, 0x68, 0x69]
    }
    try await withScriptedServer(script) { server in
      let message = try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        return try await socket.next()
      }
      #expect(message == .text("hi"))
    }
  }

  @Test func `is refused with a problem`() async throws {
    try await withWebSocketServer(progressService) { server in
      let refusal = try await WSDriver(HTTPDriver(server.address)).expectRefusal("/ws/unknown")
      #expect(refusal.reason == "status 404, expected 101")
      try refusal.exchange.expectProblem(
        status: .notFound, type: "https://example.com/problems/unknown-operation")
    }
  }

  @Test func `agrees on a subprotocol`() async throws {
    var behaviour = echoService
    behaviour.subprotocol = "v2"
    try await withWebSocketServer(behaviour) { server in
      try await WSDriver(HTTPDriver(server.address))
        .connect("/ws", subprotocols: ["v1", "v2"]) { #expect($0.subprotocol == "v2") }
    }
  }

  @Test func `keeps the ways to end apart`() async throws {
    var hangUp = WebSocketBehaviour()
    hangUp.onOpen = { $0.hangUp() }
    var noCode = WebSocketBehaviour()
    noCode.onOpen = { $0.closeWithoutCode() }
    for (behaviour, code, cause) in [
      (hangUp, WSCloseCode.abnormalClosure, WSClosure.Cause.connectionClosed),
      (noCode, .noCode, .closeFrame),
    ] {
      try await withWebSocketServer(behaviour) { server in
        try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
          let closure = try await socket.expectClose(code: code)
          #expect(closure.cause == cause)
        }
      }
    }
    let script = ServerScript(then: .reset) { opening($0) }
    try await withScriptedServer(script) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        let closure = try await socket.expectClose(code: .abnormalClosure)
        #expect(closure.cause == .connectionReset)
      }
    }
  }

  @Test func `fails a server that breaks the protocol`() async throws {
    let script = ServerScript(then: .hold) { opening($0) + [0x83, 0x00] }
    try await withScriptedServer(script) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        guard case .ended(let closure) = await socket.outcomeOfNext() else {
          Issue.record("expected the end")
          return
        }
        #expect(closure.code == .protocolError)
        #expect(
          closure.cause
            == .violation("opcode 3 has no meaning (RFC 6455, section 5.2)"))
      }
    }
  }

  @Test(
    "fails by the deadline when its handshake is not answered, or half",
    arguments: ["", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgr"])
  func silence(answer: String) async throws {
    let sightings = Mailbox<ServerSighting>("server")
    try await withScriptedServer(ServerScript(answer, then: .hold), sightings: sightings) {
      server in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(server.address))
          .connect("/ws", within: .seconds(3)) { _ in }
      }
      let deadline = Deadline.effective(within: .seconds(3))
      #expect(
        texts.first?.hasPrefix("GET /ws: no response within \(deadline): ") == true, "\(texts)")
      #expect(texts.count == 1)
      _ = try await sightings.first { $0 == .disconnected }
    }
  }

  @Test func `leaves a service that never answers its close`() async throws {
    let sightings = Mailbox<ServerSighting>("server")
    let script = ServerScript(then: .hold) { opening($0) }
    try await withScriptedServer(script, sightings: sightings) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { #expect($0.closure == nil) }
      _ = try await sightings.first { $0 == .disconnected }
    }
  }

  @Test func `closes without a code where none is asked for`() async throws {
    try await withWebSocketServer(echoService) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        socket.close(.noCode, reason: "unsaid")
        try await socket.expectClose(code: .noCode)
        #expect(socket.transcript.contains("→ close   0 bytes"), "\(socket.transcript)")
      }
    }
  }

  @Test func `gives the messages that lie behind an expected close`() async throws {
    try await withWebSocketServer(progressService) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws/7") { socket in
        try await socket.expectClose(reason: "complete")
        #expect(try await socket.collectUntilClose().count == 3)
        #expect(try await socket.collectUntilClose().isEmpty)
      }
    }
  }

  @Test(
    "does not open behind a 101 that is framed in another way",
    arguments: [("\r\n\r\n", "\r\n"), ("", "\n")])
  func framing(before: String, lineEnd: String) async throws {
    let script = ServerScript(then: .close) { head in
      let answer = String(decoding: opening(head), as: UTF8.self)
      return Array((before + answer.replacing("\r\n", with: lineEnd)).utf8)
    }
    try await withScriptedServer(script) { server in
      let texts = try await failureTexts {
        try await WSDriver(HTTPDriver(server.address)).connect("/ws", within: .seconds(5)) { _ in }
      }
      #expect(texts.count == 1)
      #expect(texts.first?.hasPrefix("GET /ws: no ") == true, "\(texts)")
    }
  }

  @Test func `hands outcomes back`() async throws {
    try await withWebSocketServer(echoService) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        guard case .timedOut = await socket.outcomeOfNext(within: .milliseconds(10)) else {
          Issue.record("expected a missed deadline")
          return
        }
        // The wait that failed has destroyed nothing.
        try socket.send(text: "a")
        #expect(try await socket.next() == .text("a"))
        socket.close()
        guard case .ended(let closure) = await socket.outcomeOfNext() else {
          Issue.record("expected the end")
          return
        }
        #expect(closure.code == .normalClosure)
      }
    }
  }

  @Test func `is closed when its scope throws or is cancelled`() async throws {
    struct Stop: Error {}
    let sightings = Mailbox<ServerSighting>("server")
    let script = ServerScript(then: .hold) { opening($0) }
    try await withScriptedServer(script, sightings: sightings) { server in
      let driver = WSDriver(HTTPDriver(server.address))
      await #expect(throws: Stop.self) { try await driver.connect("/ws") { _ in throw Stop() } }
      _ = try await sightings.first { $0 == .disconnected }
      let opened = Signal<Void>("opened")
      let follower = Task {
        try await driver.connect("/ws") { socket in
          opened.send()
          return try await socket.next()
        }
      }
      try await opened.value()
      follower.cancel()
      _ = try await sightings.first { $0 == .disconnected }
      await #expect(throws: CancellationError.self) { try await follower.value }
    }
  }
}

import Foundation
import HTTPTypes
import HarnessLoopback
import Testing
import WSDriver
import Waiters

@Suite struct `What a failed wait on a WebSocket says` {
  /// Runs `body` on a WebSocket of the behaviour; the texts of its failures, without the times.
  static func texts(
    _ behaviour: WebSocketBehaviour, path: String = "/ws/7",
    _ body: @escaping @Sendable (WSSocket) async throws -> Void
  ) async throws -> [String] {
    try await withWebSocketServer(behaviour) { server in
      try await failureTexts {
        try await WSDriver(HTTPDriver(server.address)).connect(path) { try await body($0) }
      }.map(withoutTimes)
    }
  }

  static func withoutTimes(_ text: String) -> String {
    text.replacing(/[0-9.]+ (ms|s) +(?=[←→ ] )/, with: "T  ")
      // Whether the server has closed its connection by then is up to chance.
      .split(separator: "\n").filter { !$0.hasSuffix("T    connection closed") }
      .joined(separator: "\n")
  }

  static let progress = """
      frames    T  ← text    35 bytes  {"sequence":0,"stage":"validation"}
                T  ← text    32 bytes  {"sequence":1,"stage":"storage"}
                T  ← text    29 bytes  {"sequence":2,"stage":"done"}
                T  ← close   10 bytes  1000 (normal closure) "complete"
                T  → close   2 bytes  1000 (normal closure)
    """

  @Test func `the last message never comes`() async throws {
    let texts = try await Self.texts(progressService) { socket in
      _ = try await socket.collect(Progress.self, until: { $0.stage == "stored" })
    }
    #expect(
      texts == [
        """
        WebSocket /ws/7: the last Progress did not come, the WebSocket had ended: \
        closed by the server with 1000 (normal closure), reason "complete"
        \(Self.progress)
        """
      ])
  }

  @Test func `a message that does not fit its type`() async throws {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { $0.send("{\"sequence\":\"0\"}") }
    let texts = try await Self.texts(behaviour) { socket in
      _ = try await socket.collect(Progress.self, until: \.isTerminal)
    }
    #expect(
      texts == [
        """
        WebSocket /ws/7: a message is no Progress
          reason    at /sequence: expected a number, found "0"
          message   {"sequence":"0"}
          frames    T  ← text    16 bytes  {"sequence":"0"}
        """
      ])
  }

  @Test func `nothing comes`() async throws {
    let texts = try await Self.texts(WebSocketBehaviour()) { socket in
      _ = try? await socket.next(within: .milliseconds(10))
      _ = try? await socket.collect(count: 2, within: .milliseconds(10))
      _ = try await socket.expectClose(within: .milliseconds(10))
    }
    let deadline = Deadline.effective(within: .milliseconds(10))
    #expect(
      texts == [
        "WebSocket /ws/7: no message within \(deadline)\n  frames    none",
        "WebSocket /ws/7: 2 messages did not come within \(deadline)\n  frames    none",
        "WebSocket /ws/7: no close frame within \(deadline)\n  frames    none",
      ])
  }

  @Test func `a message where none was expected`() async throws {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { $0.send("late") }
    let texts = try await Self.texts(behaviour) { try await $0.expectNone() }
    #expect(
      texts.first?.hasPrefix("WebSocket /ws/7: a message, expected none\n  message   late\n")
        == true)
    #expect(texts.count == 1)
  }

  @Test func `another close than expected`() async throws {
    let texts = try await Self.texts(progressService) { socket in
      _ = try? await socket.expectClose(code: .goingAway)
      try await socket.expectClose(reason: "done")
    }
    #expect(
      texts == [
        """
        WebSocket /ws/7: closed by the server with 1000 (normal closure), reason "complete", expected 1001 \
        (going away)
        \(Self.progress)
        """,
        """
        WebSocket /ws/7: the reason of the close frame differs
          expected  "done"
          actual    "complete"
        \(Self.progress)
        """,
      ])
  }

  @Test func `a close of this side's own where the service's was expected`() async throws {
    let script = ServerScript(then: .hold) { opening($0) + [0x83, 0x00] }
    let texts = try await withScriptedServer(script) { server in
      try await failureTexts {
        try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
          _ = try await socket.expectClose(code: .protocolError)
        }
      }
    }
    #expect(
      texts.map { $0.split(separator: "\n").first ?? "" } == [
        """
        WebSocket /ws: closed with 1002 (protocol error), because opcode 3 has no meaning (RFC 6455, \
        section 5.2), expected the server to close with 1002 (protocol error)
        """
      ])
  }

  @Test func `a send after the end`() async throws {
    let texts = try await Self.texts(progressService) { socket in
      try await socket.expectClose()
      try socket.send(text: "more")
    }
    #expect(
      texts == [
        """
        WebSocket /ws/7: not sent, the WebSocket had ended: \
        closed by the server with 1000 (normal closure), reason "complete"
        \(Self.progress)
        """
      ])
  }

  @Test func `a refusal, or none where one was expected`() async throws {
    try await withWebSocketServer(progressService) { server in
      let texts = try await failureTexts {
        let driver = WSDriver(HTTPDriver(server.address))
        _ = try? await driver.expectRefusal("/ws/7")
        try await driver.connect("/ws/unknown") { _ in }
      }
      #expect(
        texts.map { $0.split(separator: "\n").prefix(2).joined(separator: "\n") } == [
          """
          GET /ws/7: the WebSocket opened, expected a refusal
            request   GET \(server.address)/ws/7
          """,
          """
          GET /ws/unknown: no WebSocket: status 404, expected 101
            problem   "Unknown operation" (https://example.com/problems/unknown-operation)
          """,
        ])
    }
  }

  @Test func `a transport without connections`() async throws {
    let texts = try await failureTexts {
      try await WSDriver(HTTPDriver(.handler { _, _ in HTTPReply() })).connect("/ws") { _ in }
    }
    #expect(
      texts.map { $0.split(separator: "\n").first ?? "" } == [
        "GET /ws: an upgrade needs a connection, and a handler in process has none"
      ])
  }
}

import HTTPTypes
import HarnessLoopback
import HarnessWebSocket
import Testing

@testable import WSDriver

@Suite struct `The strictness of a server` {
  @Test(arguments: [nil, WSDeflate()])
  func `is complete in this package's own`(compression: WSDeflate?) async throws {
    let options = WSServer.Options(WSOptions(compression: compression))
    try await withWSServer(options) {
      await $0.respond { $0 }
    } _: { server in
      let driver = WSDriver(HTTPDriver(server.address))
      let verdicts = await driver.strictness("/")
      #expect(verdicts.count == WSRule.all.count)
      for verdict in verdicts {
        let isSkipped = verdict.rule.isCompressed && compression == nil
        #expect(
          verdict.grade == (isSkipped ? .skipped : .kept),
          "\(verdict.rule.name): \(verdict.finding)")
      }
      try await driver.expectStrictness("/")
    }
  }

  @Test func `has rules whose names tell them apart`() {
    #expect(Set(WSRule.all.map(\.name)).count == WSRule.all.count)
    #expect(WSRule.all.count >= 70)
  }

  static let someRules: Set<String> = [
    "5.2 RSV2 in a text frame", "5.2 opcode 3", "5.4 a continuation without a message",
    "5.5.2 a ping of 125 bytes is answered", "5.5 a ping of 126 bytes", "7.4 the code 999",
  ]

  /// NIO's codec checks little by itself, which is why it serves here.
  @Test func `is found wanting where rules are not kept`() async throws {
    try await withWebSocketServer(echoService) { server in
      let driver = WSDriver(HTTPDriver(server.address))
      let rules = WSRule.all.filter { Self.someRules.contains($0.name) }
      #expect(rules.count == Self.someRules.count)
      let verdicts = await driver.strictness("/ws", rules: rules)
      func grade(_ name: String) -> WSRuleVerdict.Grade? {
        verdicts.first { $0.rule.name == name }?.grade
      }
      #expect(grade("5.2 RSV2 in a text frame") == .broken)
      #expect(grade("5.2 opcode 3") == .broken)
      #expect(grade("5.4 a continuation without a message") == .broken)
      #expect(grade("5.5.2 a ping of 125 bytes is answered") == .kept)
      #expect(grade("5.5 a ping of 126 bytes") == .kept)
      #expect(grade("7.4 the code 999") == .broken)
      let unkept = Set(
        verdicts.filter { $0.grade == .broken || $0.grade == .lenient }.map(\.rule.name))
      try await driver.expectStrictness("/ws", rules: rules, except: unkept)
      let texts = try await failureTexts {
        try await driver.expectStrictness(
          "/ws", rules: rules, except: unkept.subtracting(["5.2 opcode 3"]))
      }
      #expect(
        texts == [
          """
          WebSocket /ws: 1 of \(rules.count) rules are not kept
            broken    5.2 opcode 3
                      the server goes on, and answers a ping; expected 1002 (protocol error) \
          (RFC 6455, section 5.2)
          """
        ])
    }
  }

  @Test func `has exceptions that stay true`() {
    let report = WSStrictnessReport(
      path: "/ws",
      verdicts: [
        WSRuleVerdict(rule: WSRule.all[0], grade: .kept, finding: ""),
        WSRuleVerdict(rule: WSRule.all[1], grade: .lenient, finding: "it says 1000"),
      ], exceptions: [WSRule.all[0].name, "9 none"], strictness: .anyCode)
    #expect(
      report.failure == """
        WebSocket /ws: rules are kept that are listed as exceptions
          kept      5.2 RSV1 in a text frame
          unknown   9 none
          try       take these off the exceptions
        """)
  }
}

@Suite struct `Frames that break the protocol on purpose` {
  @Test func `go out as they are, whole, together or in pieces`() async throws {
    try await withWSServer { peer in
      try await peer.expectNext(.text("ab"), .text("cd"), .text("ef"), .binary([1, 2, 3]))
    } _: { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/") { socket in
        socket.send(frames: [
          WSFrame(.text, Array("a".utf8), isFinal: false),
          WSFrame(.continuation, Array("b".utf8)), WSFrame(.text, Array("cd".utf8)),
        ])
        await socket.send(frame: WSFrame(.text, Array("ef".utf8)), inPiecesOf: 1)
        socket.send(frame: WSFrame(.binary, [1, 2, 3], masking: .key(1)))
        try await socket.expectClose()
        #expect(socket.transcript.contains("8 bytes of the test's own, in pieces of 1"))
      }
    }
  }
}

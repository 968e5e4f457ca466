import HarnessJSON
import HarnessLoopback
import HarnessWebSocket
import Testing

@testable import WSDriver

@Suite struct `A pattern of messages` {
  struct Case: Sendable {
    let pattern: WSPattern
    let message: WSMessage
    let fault: String?

    init(_ pattern: WSPattern, _ message: WSMessage, _ fault: String? = nil) {
      (self.pattern, self.message, self.fault) = (pattern, message, fault)
    }
  }

  static let price = WSMessage.text(#"{"type":"price","items":[{"id":7,"open":1.0}],"note":null}"#)

  @Test(arguments: [
    Case(.any, .binary([])),
    Case(.text("a"), .text("a")),
    Case(.text("e\u{301}"), .text("\u{e9}"), "it is another text"),
    Case(.text("a"), .binary([97]), "it is binary"),
    Case(.text(containing: "ice"), price),
    Case(.text(containing: "rice"), .text("nice"), "it has no such part"),
    Case(.binary([1]), .binary([1])),
    Case(.binary([1]), .binary([2]), "its bytes are others"),
    Case(.binary([1]), .text("\u{1}"), "it is text"),
    Case(.json(["b": 1.0, "a": 2]), .text(#"{"a":2,"b":1}"#)),
    Case(.json(["a": 1]), .text(#"{"a":2}"#), "at /a: expected 1, actual 2"),
    Case(.json(["a": 1]), .text(#"{"a":1,"b":2}"#), "at /b: expected nothing, actual 2"),
    Case(.json(including: ["type": "price"]), price),
    Case(.json(including: ["items": [["open": 1]]]), price),
    Case(
      .json(including: ["items": []]), price,
      #"at /items: expected [], actual [{"id":7,"open":1.0}]"#),
    Case(
      .json(including: ["items": [["id": 8]]]), price,
      "at /items/0/id: expected 8, actual 7"),
    Case(.json(including: ["other": 1]), price, "at /other: expected 1, actual nothing"),
    Case(.json(including: ["note": .null]), price),
    Case(.json(at: "/items/0/id", equals: 7), price),
    Case(.json(at: "/items/0/id", equals: 8), price, "at /items/0/id: 7"),
    Case(.json(path: "$.items[?@.id > 6].id", equals: [7]), price),
    Case(.json(path: "$.items[*].id", equals: [8]), price, "at $.items[*].id: [7]"),
    Case(.json(path: "$.items[?@.id > 6]"), price),
    Case(.json(path: "$..other"), price, "nothing is at $..other"),
    Case(
      .json(path: "$.items["), price,
      #""$.items[" is no JSONPath: at 8, expected a selector: a name in quotes, *, an index, a slice or a filter (RFC 9535)"#
    ),
    Case(.json(Progress.self), .text(#"{"sequence":1,"stage":"a"}"#)),
    Case(
      .json(Progress.self, where: \.isTerminal), .text(#"{"sequence":1,"stage":"a"}"#),
      "the Progress does not match"),
  ])
  func `says why a message does not match`(_ wrong: Case) {
    #expect(wrong.pattern.fault(in: wrong.message) == wrong.fault)
  }

  @Test func `says that a message is not JSON`() {
    #expect(WSPattern.json(1).fault(in: .text("no"))?.hasPrefix("it is not JSON: ") == true)
  }

  static func progress(
    _ order: PatternProgress.Order, _ patterns: [WSPattern], _ texts: [String]
  ) -> PatternProgress {
    var progress = PatternProgress(patterns, order)
    for text in texts where !progress.isOver { _ = progress.accept(.text(text)) }
    return progress
  }

  @Test func `is matched one after the other`() {
    let patterns: [WSPattern] = [.text("a"), .text("b"), .text("a")]
    #expect(
      Self.progress(.sequence, patterns, ["x", "b", "a", "y", "b", "a"]).matches == [2, 4, 5])
    #expect(Self.progress(.sequence, patterns, ["b", "a", "a"]).missing == [1, 2])
  }

  @Test func `is matched by the next message alone`() {
    #expect(Self.progress(.consecutive, [.text("a"), .text("b")], ["a", "b"]).matches == [0, 1])
    let broken = Self.progress(.consecutive, [.text("a"), .text("b")], ["a", "x", "b"])
    #expect(broken.fault?.pattern == 1)
    #expect(broken.fault?.reason == "it is another text")
  }

  /// Every order of messages that each match several patterns finds the assignment that there is.
  @Test func `is matched in any order, whichever message could serve another one too`() {
    let patterns: [WSPattern] = [
      .text(containing: "a"), .text(containing: "ab"), .text(containing: "abc"),
    ]
    for texts in [
      ["a", "ab", "abc"], ["abc", "ab", "a"], ["ab", "abc", "a"], ["abc", "a", "ab"],
      ["x", "abc", "y", "abc", "abc"],
    ] {
      let progress = Self.progress(.any, patterns, texts)
      #expect(progress.missing.isEmpty, "\(texts)")
      #expect(Set(progress.matches).count == 3)
      for (pattern, match) in zip(patterns, progress.matches) {
        #expect(pattern.fault(in: .text(texts[match ?? 0])) == nil)
      }
    }
    #expect(Self.progress(.any, patterns, ["abc", "a", "a"]).missing.count == 1)
  }
}

@Suite struct `A wait for patterns` {
  static func texts(
    _ sent: [String], _ body: @escaping @Sendable (WSSocket) async throws -> Void
  ) async throws -> [String] {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { peer in for text in sent { peer.send(text) } }
    return try await `What a failed wait on a WebSocket says`.texts(behaviour, body)
      .map { $0.components(before: "\n  frames") }
  }

  @Test func `takes what it needs and what lies between`() async throws {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { peer in for text in ["a", "b", "c", "d", "e"] { peer.send(text) } }
    try await withWebSocketServer(behaviour) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        #expect(try await socket.first(.text("b")) == .text("b"))
        #expect(
          try await socket.collect(inAnyOrder: .text("c"), .text("a")) == [.text("c"), .text("a")])
        #expect(try await socket.collect(inOrder: .text("e")) == [.text("e")])
        try await socket.expectNone()
      }
    }
  }

  @Test func `proves that nothing came before another message`() async throws {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { peer in for text in ["a", "done", "b"] { peer.send(text) } }
    try await withWebSocketServer(behaviour) { server in
      try await WSDriver(HTTPDriver(server.address)).connect("/ws") { socket in
        try await socket.expectNone(of: .text("b"), before: .text("done"))
        try await socket.expectNone(of: .text("c"))
        #expect(try await socket.collect(count: 2) == [.text("a"), .text("b")])
      }
    }
  }

  @Test func `says what did not match`() async throws {
    let deadline = "\(Deadline.effective(within: .milliseconds(10)))"
    let texts = try await Self.texts(["a", "b"]) { socket in
      try await socket.ping()
      _ = try? await socket.first(.text("x"), within: .milliseconds(10))
      _ = try? await socket.collect(inOrder: .text("b"), .json(["k": 1]), within: .milliseconds(10))
      _ = try? await socket.collect(
        inAnyOrder: .text("b"), .text("a"), .text("c"), within: .milliseconds(10))
      _ = try? await socket.expectNone(of: .text("b"), before: .text("c"))
      try await socket.expectNext(.text("a"), .any, within: .milliseconds(10))
    }
    #expect(
      texts == [
        """
        WebSocket /ws/7: the text "x" did not come within \(deadline)
          latest    does not match: it is another text
        """,
        """
        WebSocket /ws/7: 1 of 2 patterns did not come within \(deadline)
          missing   JSON equal to {"k":1}
        """,
        """
        WebSocket /ws/7: 1 of 3 patterns did not come within \(deadline)
          missing   the text "c"
          latest    does not match: it is another text
        """,
        """
        WebSocket /ws/7: a message where none was expected that is the text "b"
          message   b
        """,
        """
        WebSocket /ws/7: 1 of 2 patterns did not come within \(deadline)
          missing   any message
          taken     1 message by earlier waits
        """,
      ])
  }

  /// No message can match it, so nobody waits for one.
  @Test func `fails at once for a path that is none`() async throws {
    let texts = try await Self.texts([]) { socket in
      _ = try? await socket.first(.json(at: "x", equals: 1), within: .seconds(3_600))
      _ = try? await socket.expectNext(.any, .json(path: "rows["), within: .seconds(3_600))
      _ = try? await socket.expectNone(of: .json(path: "$["), within: .seconds(3_600))
      _ = try? await socket.expectNone(of: .any, before: .json(path: "", equals: []))
    }
    #expect(texts.count == 4)
    #expect(
      texts.first == """
        WebSocket /ws/7: no message can be JSON with 1 at x
          reason    "x" is no JSON Pointer: it is not empty and does not begin with "/" (RFC 6901)
        """)
    #expect(texts.allSatisfy { $0.hasPrefix("WebSocket /ws/7: no message can be JSON with ") })
  }

  @Test func `says why what came is not of the type`() async throws {
    let texts = try await Self.texts([#"{"sequence":1}"#]) { socket in
      try await socket.ping()
      _ = try? await socket.first(Progress.self, within: .milliseconds(10))
    }
    let deadline = "\(Deadline.effective(within: .milliseconds(10)))"
    #expect(
      texts == [
        """
        WebSocket /ws/7: no Progress that matches came within \(deadline)
          latest    does not match: at the root: no member "stage"
        """
      ])
  }
}

extension String {
  /// What comes before a part.
  func components(before part: String) -> String {
    firstRange(of: part).map { String(self[..<$0.lowerBound]) } ?? self
  }
}

import HarnessLock
import HarnessLoopback
import HarnessWebSocket
import Testing

@testable import WSDriver

@Suite struct `A flow of stages` {
  struct News: Decodable, Sendable {
    var number: Int
    var stage: String?
    var percent: Double?
  }

  static let flow = WSFlow(
    News.self, stage: \.stage,
    [
      .once("validation"), .repeating("transformation"), .optional("cleanup"), .once("storage"),
      .end("completed"), .abort("failed"),
    ])

  static func text(_ number: Int, _ stage: String?, _ percent: Int? = nil) -> String {
    let stage = stage.map { "\"\($0)\"" } ?? "null"
    return
      "{\"number\":\(number),\"stage\":\(stage),\"percent\":\(percent.map(String.init) ?? "null")}"
  }

  static func check(
    _ stages: [String], _ flow: WSFlow<News, String> = flow,
    from start: WSFlow<News, String>.Start = .beginning
  ) -> FlowCheck<News, String> {
    var check = FlowCheck(flow, from: start)
    for (index, stage) in stages.enumerated() where check.breach == nil {
      _ = check.accept(.text(text(index + 1, stage)))
    }
    return check
  }

  @Test func `is said in a line`() {
    #expect(
      "\(Self.flow)"
        == "validation → transformation (repeats) → [cleanup] → storage → completed; failed at any time"
    )
  }

  @Test(arguments: [
    ["validation", "transformation", "storage", "completed"],
    ["validation", "transformation", "transformation", "cleanup", "storage", "completed"],
    ["failed"], ["validation", "failed"],
  ])
  func `ends where it may`(stages: [String]) {
    let check = Self.check(stages)
    #expect(check.breach == nil)
    #expect(check.run.isEnded)
    #expect(check.run.stages == stages)
    #expect(check.run.events.count == stages.count)
  }

  @Test(arguments: [
    (["transformation"], "transformation came before validation"),
    (["validation", "validation"], "validation came twice"),
    (["validation", "storage"], "storage came before transformation"),
    (["validation", "transformation", "validation"], "validation came after transformation"),
    (["validation", "transformation", "cleanup", "cleanup"], "cleanup came twice"),
    (["validation", "transformation", "completed"], "completed came before storage"),
    (["validation", "rest"], "rest is no stage of the flow"),
    (["failed", "validation"], "a message came after the end of the flow"),
  ])
  func `is broken by the first message out of its place`(stages: [String], reason: String) {
    #expect(Self.check(stages).breach?.reason == reason)
  }

  @Test func `has a percentage that never falls`() {
    var check = FlowCheck(Self.flow.percent(\.percent), from: .beginning)
    for percent in [0, 0, 40, 100] { _ = check.accept(.text(Self.text(1, nil, percent))) }
    #expect(check.breach == nil)
    _ = check.accept(.text(Self.text(1, nil, 99)))
    #expect(check.breach?.reason == "the percentage fell from 100.0 to 99.0")
    var other = FlowCheck(Self.flow.percent(\.percent), from: .beginning)
    _ = other.accept(.text(Self.text(1, nil, 101)))
    #expect(other.breach?.reason == "the percentage is 101.0")
  }

  @Test(arguments: [
    ([1, 2, 3], nil), ([2], "number 2 came where 1 was due"),
    ([1, 3], "number 3 came where 2 was due"),
    ([1, 2, 2], "number 2 came twice"), ([1, 2, 1], "number 1 came twice"),
  ])
  func `is numbered without gaps`(numbers: [Int], reason: String?) {
    var check = FlowCheck(Self.flow.numbered(\.number), from: .beginning)
    for number in numbers { _ = check.accept(.text(Self.text(number, nil))) }
    #expect(check.breach?.reason == reason)
  }

  @Test func `may be joined late`() {
    #expect(Self.check(["storage", "completed"], from: .anywhere).breach == nil)
    #expect(
      Self.check(["storage", "validation"], from: .anywhere).breach?.reason
        == "validation came after storage")
    var check = FlowCheck(Self.flow.numbered(\.number), from: .anywhere)
    for number in [7, 8, 10] { _ = check.accept(.text(Self.text(number, nil))) }
    #expect(check.breach?.reason == "number 10 came where 9 was due")
  }

  @Test func `may be joined by a message that tells of no stage`() {
    var check = FlowCheck(Self.flow, from: .anywhere)
    for stage in [nil, "storage", "completed"] { _ = check.accept(.text(Self.text(1, stage))) }
    #expect(check.breach == nil)
    #expect(check.run.isEnded)
  }

  @Test func `that has ended is over when all of it was told again`() {
    let numbered = Self.flow.numbered(\.number)
    var first = FlowCheck(numbered, from: .beginning)
    for (index, stage) in ["validation", "failed"].enumerated() {
      _ = first.accept(.text(Self.text(index + 1, stage)))
    }
    #expect(first.isOver)
    var second = FlowCheck(numbered, from: .after(first.run))
    _ = second.accept(.text(Self.text(1, "validation")))
    #expect(!second.isOver)
    var same = second
    _ = same.accept(.text(Self.text(2, "failed")))
    #expect(same.isOver)
    #expect(same.breach == nil)
    _ = second.accept(.text(Self.text(2, "completed")))
    #expect(second.breach?.reason == "number 2 was told again, and differs at /stage")
  }

  @Test func `is followed as far as a connection goes`() async throws {
    let flow = Self.flow.numbered(\.number)
    let stages = ["validation", "transformation", "storage", "completed"]
    let connections = Lock(0)
    try await withWSServer { client in
      let isFirst = connections.withLock { count in
        count += 1
        return count == 1
      }
      for (index, stage) in stages.prefix(isFirst ? 2 : 4).enumerated() {
        client.send(frame: WSFrame(.text, Array(Self.text(index + 1, stage).utf8)))
      }
      if isFirst {
        try await client.ping()
        client.hangUp()
      }
      _ = try await client.collectUntilClose()
    } _: { server in
      let driver = WSDriver(server.transport)
      let first = try await driver.connect("/") { await $0.outcomeOfFollow(flow) }
      guard case .ended(let run, let closure) = first else {
        Issue.record("it did not end: \(first)")
        return
      }
      #expect(closure.cause == .connectionClosed)
      #expect(run.stages == ["validation", "transformation"])
      let second = try await driver.connect("/") {
        await $0.outcomeOfFollow(flow, from: .after(first.run))
      }
      guard case .followed(let whole) = second else {
        Issue.record("it was not followed: \(second)")
        return
      }
      #expect(whole.stages == stages)
      let wrong = try await driver.connect("/") {
        await $0.outcomeOfFollow(flow.numbered { _ in 7 })
      }
      guard case .broken(_, let reason, _) = wrong else {
        Issue.record("it was not broken: \(wrong)")
        return
      }
      #expect(reason == "number 7 came where 1 was due")
      let late = try await driver.connect("/") {
        await $0.outcomeOfFollow(
          WSFlow(News.self, stage: { _ in nil as String? }, []), within: .milliseconds(10))
      }
      guard case .timedOut(let seen) = late else {
        Issue.record("it did not time out: \(late)")
        return
      }
      #expect(seen.stages.isEmpty)
    }
  }

  @Test func `goes on after a reconnect, with what is told again or without`() {
    let numbered = Self.flow.numbered(\.number)
    var first = FlowCheck(numbered, from: .beginning)
    _ = first.accept(.text(Self.text(1, "validation")))
    _ = first.accept(.text(Self.text(2, "transformation")))
    for replayed in [[], [2], [1, 2]] {
      var second = FlowCheck(numbered, from: .after(first.run))
      for number in replayed {
        let stage = number == 1 ? "validation" : "transformation"
        #expect(second.accept(.text(Self.text(number, stage))) == nil)
      }
      _ = second.accept(.text(Self.text(3, "storage")))
      _ = second.accept(.text(Self.text(4, "completed")))
      #expect(second.breach == nil)
      #expect(second.run.isEnded)
      #expect(second.run.replayed == replayed.count)
      #expect(second.run.stages == ["validation", "transformation", "storage", "completed"])
    }
    var different = FlowCheck(numbered, from: .after(first.run))
    _ = different.accept(.text(Self.text(2, "storage")))
    #expect(different.breach?.reason == "number 2 was told again, and differs at /stage")
    var late = FlowCheck(numbered, from: .after(first.run))
    _ = late.accept(.text(Self.text(3, "transformation")))
    _ = late.accept(.text(Self.text(1, "validation")))
    #expect(late.breach?.reason == "number 1 came twice")
    var gap = FlowCheck(numbered, from: .after(first.run))
    _ = gap.accept(.text(Self.text(4, "storage")))
    #expect(gap.breach?.reason == "number 4 came where 3 was due")
  }

  @Test func `is followed to its end, over two connections`() async throws {
    let flow = Self.flow.numbered(\.number)
    let stages = ["validation", "transformation", "storage", "completed"]
    try await withWSServer { client in
      for (index, stage) in stages.enumerated() {
        // A client that has seen enough may close before the last one; a message would not be sent then, and say so.
        client.send(frame: WSFrame(.text, Array(Self.text(index + 1, stage).utf8)))
      }
      try await client.expectClose()
    } _: { server in
      let driver = WSDriver(HTTPDriver(server.address))
      let first = try await driver.connect("/ws") { socket in
        try await socket.follow(flow, until: { $0.stage == "transformation" })
      }
      #expect(!first.isEnded)
      let whole = try await driver.connect("/ws") { try await $0.follow(flow, from: .after(first)) }
      #expect(whole.isEnded)
      #expect(whole.replayed == 2)
      #expect(whole.stages == stages)
      #expect(whole.last?.number == 4)
    }
  }

  @Test func `says where it was broken`() async throws {
    let texts = try await `A wait for patterns`.texts(
      [
        Self.text(1, "validation"), Self.text(2, "transformation"),
        Self.text(3, "transformation"), Self.text(4, "validation"),
      ]
    ) { try await $0.follow(Self.flow) }
    #expect(
      texts == [
        """
        WebSocket /ws/7: the flow is broken: validation came after transformation
          flow      validation → transformation (repeats) → [cleanup] → storage → completed; failed at any time
          seen      validation → transformation × 2
          message   {"number":4,"stage":"validation","percent":null}
        """
      ])
  }

  @Test func `says what was seen where its end does not come`() async throws {
    var behaviour = WebSocketBehaviour()
    behaviour.onOpen = { peer in
      peer.send(Self.text(1, "validation"))
      peer.hangUp()
    }
    let texts = try await `What a failed wait on a WebSocket says`.texts(behaviour) {
      try await $0.follow(Self.flow)
    }
    #expect(
      texts.map { $0.components(before: "\n  frames") } == [
        """
        WebSocket /ws/7: the end of the flow did not come, the WebSocket had ended: 1006 (no close frame): \
        the server closed the connection without a close frame
          flow      validation → transformation (repeats) → [cleanup] → storage → completed; failed at any time
          seen      validation
        """
      ])
  }
}

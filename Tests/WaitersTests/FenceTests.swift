import HarnessLock
import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A fence` {
  private let errors = Mailbox<Int>("errors")

  @Test func `proves that nothing was sent`() async throws {
    let done = Signal<Void>("done")
    async let none: Void = errors.expectNone(until: .sent(done))
    done.send()
    try await none
  }

  @Test func `leaves what comes after it out of account`() async throws {
    let isPassed = Signal<Void>("passed")
    let fence = Fence(title: "fence") { [errors] _, _, passed in
      passed()
      errors.send(1)
      isPassed.send()
    }
    try await errors.expectNone(until: fence)
    #expect(try await isPassed.value() == ())
    #expect(try await errors.next() == 1)
  }

  @Test func `is not passed where its wait is cancelled at the deadline`() async throws {
    let isOver = Signal<Void>("over")
    let isCalled = Lock(false)
    let fence = Fence("pong") {
      _ = await Signal<Void>("never").outcome(within: .seconds(60))
      isOver.send()
    }
    await withKnownIssue {
      try await fence.pass(within: .milliseconds(10), at: CallSite()) {
        isCalled.withLock { $0 = true }
      }
    }
    try await isOver.value()
    #expect(!isCalled.withLock { $0 })
  }

  @Test func `proves nothing where events were dropped before it`() async throws {
    errors.close()
    errors.send(1)
    try await withKnownIssue {
      try await errors.expectNone(until: Fence("now") {}) { $0 == 7 }
    } matching: {
      $0.comments.contains {
        $0.rawValue.contains(
          "dropped   1 event, sent when the mailbox was closed or full: nobody knows what they were"
        )
      }
    }
  }

  @Test func `is passed at the moment of the event, on its thread`() async throws {
    // The observer runs within `send`, before the sender's next line.
    let done = Signal<Void>("done")
    let position = Lock<Int?>(nil)
    let label = WaitLabel(start: .now, site: CallSite(), scope: nil)
    let observation = done.channel.point.observe(.init(.signal), label) { [errors] _ in
      let now = errors.channel.point.withMachine { $0.position }
      position.withLock { $0 = now }
    }
    errors.send(1)
    done.send()
    errors.send(2)
    #expect(observation.end() != nil)
    #expect(position.withLock { $0 } == 1)
  }

  @Test func `counts what was sent before it and what the test has not taken`() async throws {
    for number in 1...5 { errors.send(number) }
    #expect(try await errors.next() == 1)
    #expect(try await errors.collect(2...4, until: .sent(5, to: errors)) == [2, 3, 4, 5])
    errors.send(6)
    errors.send(7)
    #expect(
      try await errors.collect(1..., matching: .equal(to: 7), until: Fence("now") {}) == [7])
    try await errors.expectNone(until: Fence("now") {}, where: { $0 > 6 })
    try await errors.expectNone(matching: .equal(to: 5), until: Fence("now") {})
    #expect(try await errors.next() == 6)
  }

  @Test func `may be an arrival at a gate, or the opening of a latch`() async throws {
    let gate = Gate("gate")
    async let passed: Void = gate.pass()
    try await errors.expectNone(until: .arrivals(at: gate))
    gate.open()
    try await passed
    let latch = Latch("latch", count: 1)
    latch.countDown()
    try await errors.expectNone(until: .opened(latch))
  }

  @Test func `fails with what came, and leaves it there`() async throws {
    for number in 1...3 { errors.send(number) }
    try await withKnownIssue {
      try await errors.collect(...2, until: Fence("end") {})
    } matching: { issue in
      "\(issue)".contains(
        #"Expected at most 2 events from Mailbox "errors" until Fence "end", and 3 came"#)
    }
    #expect(try await errors.collect(count: 3) == [1, 2, 3])
  }

  @Test func `that is not passed in time fails, and ends what it waits for`() async throws {
    let isCancelled = Signal<Void>("cancelled")
    try await withKnownIssue {
      try await errors.expectNone(
        until: Fence("pong") {
          try await withTaskCancellationHandler {
            _ = await Signal<Void>("never").outcome(within: .seconds(60))
            try Task.checkCancellation()
          } onCancel: {
            isCancelled.send()
          }
        }, within: .milliseconds(20))
    } matching: { issue in
      "\(issue)".contains(#"Timed out waiting for the passing of Fence "pong""#)
    }
    try await isCancelled.value()
  }

  @Test func `tells once of a wait that fails in it`() async throws {
    let pongs = Mailbox<Int>("pongs")
    let told = Lock<[String]>([])
    try await withKnownIssue {
      try await errors.expectNone(
        until: Fence("pong") { _ = try await pongs.next(within: .milliseconds(10)) })
    } matching: { issue in
      told.withLock { $0.append("\(issue)") }
      return true
    }
    let texts = told.withLock { $0 }
    #expect(texts.count == 1)
    #expect(
      texts.first?.contains(
        #"Fence "pong" was not passed: Timed out waiting for an event from Mailbox "pongs""#)
        == true, "\(texts)")
  }

  @Test func `that is not passed shows what has come so far`() async throws {
    errors.send(7)
    try await withKnownIssue {
      try await errors.expectNone(
        until: .sent(Signal<Void>("done")), within: .milliseconds(10), where: { $0 > 6 })
    } matching: { issue in
      issue.comments.contains {
        $0.rawValue.hasPrefix(#"Timed out waiting for the value of Signal "done""#)
          && $0.rawValue.hasSuffix(
            """

              fence     for no event that matches from Mailbox "errors"
              came      #1  7
            """)
      }
    }
    let state = Watched("state", 9)
    try await withKnownIssue {
      try await state.holds(until: .sent(Signal<Void>("done")), within: .milliseconds(10)) {
        $0 < 5
      }
    } matching: { issue in
      issue.comments.contains {
        $0.rawValue.hasSuffix(
          """

            fence     for the state of Watched "state"
            state     #1  9
          """)
      }
    }
  }

  @Test func `throws on what its wait throws`() async throws {
    struct Refused: Error {}
    await #expect(throws: Refused.self) {
      try await errors.expectNone(until: Fence("pong") { throw Refused() })
    }
  }

  @Test(arguments: [
    ("2...2", "2 events"), ("2...", "at least 2 events"), ("..<2", "fewer than 2 events"),
    ("1..<3", "1..<3 events"),
  ])
  func `says how many were wanted`(range: String, words: String) async throws {
    try await withKnownIssue {
      switch range {
      case "2...2": try await errors.collect(2...2, until: Fence("end") {})
      case "2...": try await errors.collect(2..., until: Fence("end") {})
      case "..<2":
        for _ in 0..<2 { errors.send(1) }
        try await errors.collect(..<2, until: Fence("end") {})
      default: try await errors.collect(1..<3, until: Fence("end") {})
      }
    } matching: { issue in
      "\(issue)".contains("Expected \(words) from")
    }
  }
}

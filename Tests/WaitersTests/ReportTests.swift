import HarnessLock
import HarnessReporting
import Testing

@testable import Waiters

/// What a failed wait tells, as exact text; the measured time is put in, and the time scale left out.
@Suite struct `The report of a failed wait` {
  private let inbox = Mailbox<String>("inbox")

  private func text<Value>(_ outcome: WaitOutcome<Value>) throws -> String {
    var report = try #require(outcome.report)
    report.contents.waited = .milliseconds(1_250)
    report.contents.deadline = Deadline(
      report.contents.deadline.asked, origin: report.contents.deadline.origin, scale: TimeScale(nil)
    )
    return report.description
      .replacing(#/ReportTests\.swift:\d+/#, with: "ReportTests.swift:LINE")
  }

  @Test func `says that nothing was sent`() async throws {
    #expect(
      try await text(inbox.outcomeOfNext(within: .zero)) == """
        Timed out waiting for an event from Mailbox "inbox"
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   nothing was sent
          try       see that the code which sends to this mailbox is reached
        """)
  }

  @Test func `shows the events that did not match`() async throws {
    for event in ["hello", "taken", "two\nlines\u{7}"] { inbox.send(event) }
    _ = try await inbox.first { $0 == "taken" }
    #expect(
      try await text(inbox.outcomeOfFirst(within: .zero) { $0 == "bye" }) == #"""
        Timed out waiting for an event that matches from Mailbox "inbox"
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   events came, and none matched
          sent      3 events, 2 untaken, newest last:
                    #1  "hello"
                    #2  "taken"  (taken by another wait)
                    #3  "two\nlines\u{07}"
          try       compare what was sent with the predicate; a Matcher in its place says why each did not match
        """#)
  }

  @Test func `shows the events that were too few`() async throws {
    for event in ["a", "b"] { inbox.send(event) }
    #expect(
      try await text(inbox.outcomeOfCollect(count: 3, within: .zero)) == """
        Timed out waiting for 3 events from Mailbox "inbox"
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   too few events came: 2 of 3
          sent      2 events, 2 untaken, which stay, newest last:
                    #1  "a"
                    #2  "b"
          try       see why fewer came than are waited for
        """)
  }

  @Test func `shows the newest events, and the rest as evidence`() async throws {
    for number in 1...150 { inbox.send("event \(number)") }
    let outcome = await inbox.outcomeOfCollect(within: .zero, until: { $0 == "end" })
    #expect(
      try text(outcome) == """
        Timed out waiting for events up to one that matches from Mailbox "inbox"
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   events came, and none matched
          sent      150 events, 150 untaken, which stay, newest last:
                    … 140 before these
                    #141  "event 141"
                    #142  "event 142"
                    #143  "event 143"
                    #144  "event 144"
                    #145  "event 145"
                    #146  "event 146"
                    #147  "event 147"
                    #148  "event 148"
                    #149  "event 149"
                    #150  "event 150"
          try       compare what was sent with the predicate; a Matcher in its place says why each did not match
        """)
    let journal = try #require(outcome.report?.contents.facts.account.journal).split(
      separator: "\n")
    #expect(journal.count == 101)
    #expect(journal.first == "… 50 before these")
    #expect(journal.last == "#150  \"event 150\"")
    let failure = try #require(outcome.report?.failure(at: CallSite()))
    #expect(failure.evidence.map(\.name) == ["journal.txt"])
  }

  @Test func `says that earlier waits had used the time up`() async throws {
    let outcome = try await withDeadline(.zero, "all") { await inbox.outcomeOfNext() }
    #expect(
      try text(outcome) == """
        Timed out waiting for an event from Mailbox "inbox"
          waited    1.25 s
          deadline  0 ms, set by withDeadline "all" at ReportTests.swift:LINE; it had passed before this wait began
          verdict   nothing was sent
          try       see that the code which sends to this mailbox is reached
        """)
  }

  @Test func `says that every event went to other waits`() async throws {
    inbox.send("a")
    _ = try await inbox.next()
    #expect(
      try await text(inbox.outcomeOfNext(within: .zero)).contains(
        """
          verdict   every event that was sent went to another wait
          sent      1 event, none left:
                    #1  "a"  (taken by another wait)
        """))
  }

  @Test func `says that the mailbox was closed, and with what`() async throws {
    struct Reset: Error, CustomStringConvertible {
      let description = "connection reset by peer"
    }
    inbox.close(throwing: Reset())
    inbox.send("late")
    #expect(
      try await text(inbox.outcomeOfNext(within: .seconds(1))) == """
        Closed while waiting for an event from Mailbox "inbox"
          waited    1.25 s
          deadline  1 s, set by this wait
          closed    with connection reset by peer
          late      1 event after the mailbox was closed
          try       see why the mailbox was closed before the event was sent
        """)
  }

  @Test func `says that the task was cancelled`() async throws {
    let wait = Task { await inbox.outcomeOfNext(within: .seconds(1)) }
    wait.cancel()
    #expect(
      try await text(wait.value) == """
        Cancelled while waiting for an event from Mailbox "inbox"
          waited    1.25 s
          deadline  1 s, set by this wait
          try       look for what cancelled the task: a task group, a time limit, a `cancel()`
        """)
  }

  @Test func `tells of a signal`() async throws {
    #expect(
      try await text(Signal<Int>("port").outcome(within: .zero)) == """
        Timed out waiting for the value of Signal "port"
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   nothing was sent
          try       see that the code which sends this signal is reached
        """)
  }

  @Test func `tells of a gate`() async throws {
    let gate = Gate("commit")
    #expect(
      try await text(gate.outcomeOfArrivals(2, within: .zero)) == """
        Timed out waiting for 2 arrivals at Gate "commit"
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   nobody came to the gate
          arrived   0 callers, 0 held, 0 let through
          gate      made at ReportTests.swift:LINE
          try       see that the code which passes this gate is reached
        """)
  }

  @Test(arguments: [
    (
      String(repeating: "x", count: 130),
      "\"" + String(repeating: "x", count: 119) + "… (+12 characters)"
    ),
    ("a\u{2028}b", "\"a\\u{2028}b\""),
    ("é", "\"é\""),
    ("a\u{202E}b\u{2066}", #""a\u{202E}b\u{2066}""#),
    (
      String(repeating: "x", count: 2_000),
      "\"" + String(repeating: "x", count: 120) + "… (+1880 bytes)"
    ),
    (
      String(repeating: "é\n", count: 1_000),
      "\"" + String(repeating: #"é\n"#, count: 40) + "… (+2880 bytes)"
    ),
    (
      String(repeating: "'\"\\", count: 700),
      "\"" + String(repeating: #"'\"\\"#, count: 24) + "… (+2028 bytes)"
    ),
  ])
  func `shows an event on one line`(event: String, line: String) {
    #expect(shown(event, cutAt: 120) == line)
  }

  // Looked at as a whole, they took minutes.
  @Test(.timeLimit(.minutes(15))) func `takes no longer where events are large`() async throws {
    let large = String(repeating: "0123456789", count: 100_000)
    for _ in 0..<100 { inbox.send(large) }
    let outcome = await inbox.outcomeOfFirst(within: .zero) { _ in false }
    let failure = try #require(outcome.report?.failure(at: CallSite()))
    let evidence = try #require(failure.evidence.first)
    #expect(evidence.bytes.count < 100 * 4_100)
    #expect(failure.message.contains("#100  \"0123456789"))
    #expect(failure.message.contains("… (+999880 bytes)"))
  }

  @Test func `describes an event once for its line and once for the evidence`() async throws {
    let events = Mailbox<Described>("events")
    let count = Lock(0)
    events.send(Described(count: count))
    let outcome = await events.outcomeOfFirst(within: .zero) { _ in false }
    _ = try #require(outcome.report).failure(at: CallSite())
    #expect(count.withLock { $0 } == 2)
  }

  private struct Described: Sendable, CustomStringConvertible {
    let count: Lock<Int>
    var description: String {
      count.withLock { $0 += 1 }
      return "described"
    }
  }

  @Test func `shows what a matcher says on one line, and not all of it`() async throws {
    let matcher = Matcher<String>("is like\nthe \u{1B}[31mgolden") { _ in
      (0..<500).map { "diff \($0)" }.joined(separator: "\n")
    }
    for _ in 0..<10 { inbox.send("a") }
    let outcome = await inbox.outcomeOfFirst(matching: matcher, within: .zero)
    let text = try #require(outcome.report).description
    #expect(text.split(separator: "\n").count <= 25)
    #expect(text.contains(#"that is like\nthe \u{1B}[31mgolden from Mailbox "inbox""#))
    #expect(text.contains(#"#1  "a"  (diff 0\ndiff 1"#))
    #expect(text.contains("… (+"))
  }
}

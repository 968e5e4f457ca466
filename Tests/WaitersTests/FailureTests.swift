import HarnessTestSupport
import Testing

/// What a user reads when a plain verb fails: once, under the right test, at the caller's line.
@Suite struct `A wait that fails its test` {
  private struct Expected {
    let swiftTesting: (test: String, line: Int)
    let xctest: (test: String, line: Int)
    let message: String
  }

  private let expected = [
    Expected(
      swiftTesting: ("timedOut()", 9), xctest: ("testTimedOut", 9),
      message: """
        Timed out waiting for an event from Mailbox "inbox"
          waited    some time
          deadline  300 ms, set by withDeadline "boot" at SOURCE
          verdict   nothing was sent
          try       see that the code which sends to this mailbox is reached
        """),
    Expected(
      swiftTesting: ("closed()", 16), xctest: ("testClosed", 16),
      message: """
        Closed while waiting for 2 events from Mailbox "inbox"
          waited    some time
          deadline  10 s, the default
          closed    without an error
          try       see why the mailbox was closed before the event was sent
        """),
    Expected(
      swiftTesting: ("cancelled()", 21), xctest: ("testCancelled", 21),
      message: """
        Cancelled while waiting for the value of Signal "started"
          waited    some time
          deadline  10 s, the default
          try       look for what cancelled the task: a task group, a time limit, a `cancel()`
        """),
    Expected(
      swiftTesting: ("detached()", 30), xctest: ("testDetached", 30),
      message: """
        Timed out waiting for an event that matches from Mailbox "inbox"
          waited    some time
          deadline  10 ms, set by this wait
          verdict   events came, and none matched
          sent      1 event, 1 untaken:
                    #1  1
          try       compare what was sent with the predicate; a Matcher in its place says why each did not match
        """),
    Expected(
      swiftTesting: ("gateNobodyOpens()", 35), xctest: ("testGateNobodyOpens", 35),
      message: """
        Timed out waiting for leave to pass Gate "commit"
          waited    some time
          deadline  300 ms, set by withDeadline at SOURCE
          verdict   nobody opened the gate
          arrived   1 caller, 1 held, 0 let through
          gate      made at SOURCE
          try       open the gate once for every caller that is to pass
        """),
    // The wait beside it, which the group cancels, says nothing: it is one cause.
    Expected(
      swiftTesting: ("besideAnother()", 45), xctest: ("testBesideAnother", 45),
      message: """
        Timed out waiting for the value of Signal "accepted"
          waited    some time
          deadline  300 ms, set by this wait
          verdict   nothing was sent
          waiting   the value of Signal "stored", some time, SOURCE
          try       see that the code which sends this signal is reached
        """),
  ]

  /// The message without what differs from run to run and from file to file.
  ///
  /// On a busy machine the watchdog speaks up as well.
  private func steady(_ message: String) -> String {
    steadyWithLastWords(message.replacing(#/\nwatchdog: .*/#, with: ""))
      .replacing(", and CAUSE", with: "")
  }

  private func steadyWithLastWords(_ message: String) -> String {
    // On a busy machine the process may have been starved as well, which is told first, and a wait may begin late.
    message.replacing("; it had passed before this wait began", with: "").replacing(
      #/, and the (cooperative pool, or the task's actor, (is|was) (blocked|busy)|process was starved of CPU): .*/#,
      with: ", and CAUSE"
    )
    .replacing(#/(?m)waited    .*$/#, with: "waited    some time")
    .replacing(#/, and the (process|cooperative pool) was .*/#, with: "")
    .replacing(#/, [0-9.]+ m?s, \w+\.swift:\d+/#, with: ", some time, SOURCE")
    .replacing(#/at \w+\.swift:\d+$/#.anchorsMatchLineEndings(), with: "at SOURCE")
  }

  @Test func `is told in Swift Testing`() async throws {
    let run = try await FailingRun.of(
      "WaiterSuite", .swiftTesting, environment: ["HARNESS_TIME_SCALE": ""])
    for failure in expected {
      let issues = run.issues(of: failure.swiftTesting.test)
      #expect(issues.map { steady($0.message) } == [failure.message])
      #expect(issues.map(\.place) == ["WaiterSuite.swift:\(failure.swiftTesting.line)"])
    }
    #expect(run.issues.count == expected.count)
  }

  @Test func `is told in XCTest`() async throws {
    let run = try await FailingRun.of(
      "WaiterFailures", .xctest, environment: ["HARNESS_TIME_SCALE": ""])
    for failure in expected {
      let issues = run.issues(of: "WaiterFailures.\(failure.xctest.test)")
      #expect(issues.map { steady($0.message) } == [failure.message])
      #expect(issues.map(\.place) == ["WaiterFailures.swift:\(failure.xctest.line)"])
    }
    #expect(run.issues.count == expected.count)
  }

  @Test func `ends the run where its predicate would wait for itself`() async throws {
    let run = try await FailingRun.of(
      "PredicateSuite", .swiftTesting, environment: ["SWIFT_BACKTRACE": "enable=no"])
    #expect(
      run.output.contains(
        "this thread has the lock already: did a predicate use the channel that asks it?"))
    #expect(!run.hasFailed)
  }

  @Test func `is told by the watchdog while every thread of the pool is blocked`() async throws {
    let run = try await FailingRun.of(
      "BlockedPoolSuite", .swiftTesting, environment: ["HARNESS_TIME_SCALE": ""])
    #expect(run.issues.count == 1)
    #expect(
      steadyWithLastWords(run.output).contains(
        """
        watchdog: Timed out waiting for an event that matches from Mailbox "inbox"
        watchdog:   waited    some time
        watchdog:   deadline  1 s, set by this wait
        watchdog:   verdict   events came, and none matched, and CAUSE
        watchdog:   sent      1 event, 1 untaken:
        watchdog:             #1  1
        watchdog:   try       compare what was sent with the predicate; a Matcher in its place says why each did not match
        """))
  }
}

import Testing

@testable import Waiters

@Suite struct `A poll` {
  private struct Refused: Error, CustomStringConvertible {
    let description = "connection refused"
  }

  @Test func `looks until the value is as it is wanted`() async throws {
    var looks = 0
    let value = try await poll(every: .milliseconds(1), "count") {
      looks += 1
      return looks * 10
    } until: {
      $0 == 30
    }
    #expect(value == 30)
    #expect(looks == 3)
  }

  @Test func `looks once where that is enough`() async throws {
    var looks = 0
    try await poll(every: .seconds(60), "count") {
      looks += 1
    } until: { _ in
      true
    }
    #expect(looks == 1)
  }

  @Test(arguments: [Duration.seconds(Int64.max), Duration(attoseconds: .max)])
  func `looks once more at the deadline, however long the interval is`(
    interval: Duration
  ) async throws {
    let outcome = await outcomeOfPoll(every: interval, "number", within: .milliseconds(300)) {
      1
    } until: {
      $0 == 2
    }
    let report = try #require(outcome.report)
    #expect(report.description.contains("polled every 292471208678 years"))
    #expect(report.description.contains("attempts  2, the last when the deadline had passed"))
  }

  @Test func `checks a condition`() async throws {
    var looks = 0
    try await poll(every: .milliseconds(1), "three looks") {
      looks += 1
      return looks == 3
    }
    #expect(looks == 3)
  }

  @Test func `takes an error for an attempt`() async throws {
    var looks = 0
    let value = try await poll(every: .milliseconds(1), "count") {
      looks += 1
      if looks < 3 { throw Refused() }
      return looks
    } until: {
      $0 > 0
    }
    #expect(value == 3)
  }

  @Test func `looks a last time when the deadline has passed, however late that is`() async throws {
    var looks = 0
    let outcome = await outcomeOfPoll(
      every: .seconds(60), "count", within: .milliseconds(300)
    ) { () -> Int in
      looks += 1
      return looks
    } until: {
      $0 == 2
    }
    #expect(outcome.value == 2)
  }

  @Test func `looks once more after a look that took all the time`() async throws {
    let late = Signal<Void>("late")
    var looks = 0
    let outcome = await outcomeOfPoll(
      every: .milliseconds(1), "count", within: .milliseconds(20)
    ) { () -> Int in
      looks += 1
      if looks == 1 {
        // Starved of the processor, so to say: the look ends when the deadline is over.
        _ = Watchdog.arm(at: .now + .milliseconds(60) * TimeScale.ofEnvironment.factor) {
          late.send()
        }
        await WaitContext.$current.withValue(WaitContext()) { _ = await late.outcome() }
      }
      return looks
    } until: {
      $0 == 2
    }
    #expect(outcome.value == 2)
  }

  @Test func `pauses after each look for its interval`() async throws {
    let interval = Duration.milliseconds(15)
    var times: [ContinuousClock.Instant] = []
    try await poll(every: interval, "times") {
      times.append(.now)
      return times.count == 4
    }
    for (one, next) in zip(times, times.dropFirst()) {
      #expect(one.duration(to: next) >= interval)
    }
  }

  @Test func `bounds the waits within its looks by its own deadline`() async throws {
    var bounds: [Duration] = []
    let outcome = await outcomeOfPoll(every: .milliseconds(1), "event", within: .milliseconds(30)) {
      let wait = await Signal<Int>("never").outcome()
      if let report = wait.report { bounds.append(report.contents.deadline.asked) }
      return wait.value
    } until: {
      $0 != nil
    }
    #expect(outcome.value == nil)
    // The last look begins when the deadline has passed, and has a second of its own.
    #expect(bounds.dropLast().allSatisfy { $0 == .milliseconds(30) })
    #expect(bounds.last == .seconds(1))
  }

  @Test func `tells the first and the last attempts`() async throws {
    var looks = 0
    let outcome = await outcomeOfPoll(
      every: .milliseconds(1), "stored orders", within: .milliseconds(30)
    ) { () -> Int in
      looks += 1
      if looks < 3 { throw Refused() }
      return 2
    } until: {
      $0 == 3
    }
    let text = try steadyText(outcome)
    #expect(
      text.hasPrefix(
        """
        Timed out waiting for "stored orders", polled every 1 ms
          waited    1.25 s
          deadline  30 ms, set by this wait
          verdict   the last attempt gave: 2
          attempts  \(looks), the last when the deadline had passed:
                    #1 at some time  threw connection refused
                    #2 at some time  threw connection refused
                    #3 at some time  2
        """) || looks < 3, "\(text)")
    let report = try #require(outcome.report)
    let rows = report.description.split(separator: "\n").count { $0.contains(#/^ +#\d+ at /#) }
    #expect(rows == min(looks, 9))
    let journal = report.contents.facts.account.journal
    #expect((journal?.split(separator: "\n").count ?? looks) == looks)
  }

  @Test func `tells one attempt where there was time for no more`() async throws {
    let outcome = await outcomeOfPoll(every: .seconds(1), "flag", within: .zero) {
      "no"
    } until: {
      $0 == "yes"
    }
    #expect(
      try steadyText(outcome) == """
        Timed out waiting for "flag", polled every 1 s
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   the last attempt gave: "no"
          attempts  1:
                    #1 at some time  "no"
          try       see what the last attempt found, and why it stays so
        """)
  }

  @Test func `says that a pause was longer than it should have been`() {
    var log = AttemptLog()
    log.append("1", begin: .zero, end: .zero)
    log.append("2", begin: .milliseconds(900), end: .milliseconds(901))
    let account = PollWait.account(log, interval: .milliseconds(20))
    #expect(account.sections.last?.label == "pause")
    #expect(
      account.sections.last?.lines == ["900 ms between two of them"])
    #expect(PollWait.account(log, interval: .milliseconds(500)).sections.count == 1)
  }

  @Test func `ends when its task is cancelled`() async throws {
    let looked = Signal<Void>("looked")
    let wait = Task {
      await outcomeOfPoll(every: .seconds(600), "never", within: .seconds(600)) {
        looked.send()
        return false
      } until: {
        $0
      }
    }
    try await looked.value()
    wait.cancel()
    guard case .cancelled = await wait.value else {
      Issue.record("the poll was not cancelled")
      return
    }
  }

  @Test func `stands in the table of waits while it pauses, as one wait`() async throws {
    let wait = Task {
      await outcomeOfPoll(every: .seconds(600), "slow orders", within: .seconds(600)) {
        false
      } until: {
        $0
      }
    }
    let rows = try await poll(every: .milliseconds(1), "rows of the other poll") {
      WaitTable.freshSnapshot(now: .now).lines(atMost: 10_000)
        .filter { $0.hasPrefix(#""slow orders", polled every 600 s, "#) }
    } until: {
      !$0.isEmpty
    }
    #expect(rows.count == 1)
    #expect(rows.first?.contains("PollTests.swift:") == true)
    wait.cancel()
    _ = await wait.value
  }

  @Test func `holds no thread while it pauses`() async throws {
    // More polls at once than the pool has threads.
    let count = try await withThrowingTaskGroup { group in
      for number in 0..<200 {
        group.addTask {
          var looks = 0
          try await poll(every: .milliseconds(20), "poll \(number)") {
            looks += 1
            return looks == 3
          }
          return looks
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(count == 600)
  }
}

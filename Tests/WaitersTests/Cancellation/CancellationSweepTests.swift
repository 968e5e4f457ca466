import Foundation
import HarnessLock
import Testing

@testable import Waiters

@Suite struct `A cancellation sweep` {
  /// Sweeps over a store with a fault; each row is the point, how it ended, and what was wrong.
  private func rows(
    _ fault: Store.Fault, ending: ExpectedEnding = .cancelled
  ) async throws -> [[String]] {
    let leftovers = Leftovers()
    defer { leftovers.end() }
    let sweep = try await outcomeOfCancellationSweep(ending: ending, within: .seconds(1)) { lab in
      try await Store(lab: lab, fault: fault, leftovers: leftovers).save()
    }
    return sweep.rounds.map { round in
      [round.point?.name ?? "-", "\(round.outcome)"] + round.findings.map(\.description)
    }
  }

  @Test func `finds nothing in code that takes a cancellation well`() async throws {
    #expect(
      try await rows(.none) == [
        ["connect", "threw CancellationError"], ["begin", "threw CancellationError"],
        ["insert", "threw CancellationError"], ["commit", "threw CancellationError"],
        ["-", "completed"],
      ])
  }

  @Test func `finds a connection that is not given back`() async throws {
    let kept = "connection pool: 1 acquired, 0 released"
    #expect(
      try await rows(.keepsConnection) == [
        ["connect", "threw CancellationError"], ["begin", "threw CancellationError", kept],
        ["insert", "threw CancellationError", kept], ["commit", "threw CancellationError", kept],
        ["-", "completed"],
      ])
  }

  @Test func `finds a clean-up that runs twice`() async throws {
    let twice = "rollback ran 2 times, and was due once"
    #expect(
      try await rows(.rollsBackTwice) == [
        ["connect", "threw CancellationError"], ["begin", "threw CancellationError"],
        ["insert", "threw CancellationError", twice], ["commit", "threw CancellationError", twice],
        ["-", "completed"],
      ])
  }

  @Test func `finds a clean-up that does not run`() async throws {
    let never = "rollback never ran, and was due once"
    #expect(
      try await rows(.neverRollsBack) == [
        ["connect", "threw CancellationError"], ["begin", "threw CancellationError"],
        ["insert", "threw CancellationError", never], ["commit", "threw CancellationError", never],
        ["-", "completed"],
      ])
  }

  @Test(arguments: [(calls: 0, findings: 1), (1, 0), (2, 1)])
  func `counts the calls of a cancellation handler`(calls: Int, findings: Int) async throws {
    let sweep = try await outcomeOfCancellationSweep(
      within: .seconds(1), setUp: { $0.due("handler") }
    ) { lab, _ in
      try await withTaskCancellationHandler {
        try await lab.point("inside")
      } onCancel: {
        for _ in 0..<calls { lab.once("handler") }
      }
    }
    #expect(sweep.rounds.map(\.findings.count) == [findings, 0])
  }

  @Test func `finds a cancellation that is swallowed`() async throws {
    // The next point would have thrown, had there been one.
    let swallowed = try await outcomeOfCancellationSweep { lab in
      try? await lab.point("only")
    }
    #expect(
      swallowed.rounds.map(\.findings.first?.description) == ["expected CancellationError", nil])
    #expect(swallowed.rounds.first?.findings.first?.code == .unexpectedEnding)
    #expect(!swallowed.isClean)
    // Here the commit notices.
    #expect(try await rows(.swallowsCancellation).allSatisfy { $0.count == 2 })
  }

  @Test func `finds an error in the place of the cancellation`() async throws {
    let replaced = "expected CancellationError"
    #expect(
      try await rows(.replacesError) == [
        ["connect", "threw CancellationError"], ["begin", "threw Closed", replaced],
        ["insert", "threw Closed", replaced], ["commit", "threw Closed", replaced],
        ["-", "completed"],
      ])
  }

  @Test func `takes another error where the test expects it`() async throws {
    let closed = ExpectedEnding.throwing("an error") {
      $0 is Store.Closed || $0 is CancellationError
    }
    #expect(try await rows(.replacesError, ending: closed).allSatisfy { $0.count == 2 })
  }

  @Test func `finds unstructured work that still runs`() async throws {
    let rows = try await rows(.leavesWorker)
    #expect(rows.map(\.first) == ["connect", "begin", "insert", "commit", "-"])
    #expect(rows.map(\.count) == [2, 2, 3, 3, 3])
    #expect(rows.dropFirst(2).allSatisfy { $0[2].hasPrefix("worker still runs, Store.swift:") })
  }

  @Test func `finds a task that still waits in a channel of ours`() async throws {
    let inbox = Mailbox<Int>("inbox")
    inbox.send(0)
    let sweep = try await outcomeOfCancellationSweep(within: .seconds(1)) { lab in
      let waits = Signal<Void>("waits")
      Task {
        await inbox.outcomeOfFirst(within: .seconds(60)) { event in
          waits.send()
          return event == 1
        }
      }
      try await waits.value()
      try await lab.point("sent")
    }
    for _ in sweep.rounds { inbox.send(1) }
    let waiting = "a task still waits for an event that matches from Mailbox \"inbox\", "
    #expect(sweep.rounds.map(\.findings.count) == [1, 1])
    for round in sweep.rounds {
      #expect(
        round.findings.allSatisfy {
          $0.description.hasPrefix(waiting + "CancellationSweepTests.swift:")
        })
    }
    #expect(sweep.rounds.first?.findings.first?.code == .leftBehind)
  }

  @Test func `leaves a task that it made the time to end its wait`() async throws {
    let sweep = try await outcomeOfCancellationSweep(within: .seconds(60)) { lab in
      let inbox = Mailbox<Int>("inbox")
      inbox.send(0)
      Task {
        await inbox.outcomeOfFirst(within: .seconds(60)) { event in
          // On a thread that comes back to the mailbox when this is parked.
          if event == 0 { BackgroundThread.start { inbox.send(1) } }
          return event == 1
        }
      }
      try await lab.point("begun")
    }
    #expect(sweep.rounds.allSatisfy { $0.findings.isEmpty }, "\(sweep)")
  }

  @Test func `tells of a wait that fails in it as the ending of the operation`() async throws {
    let sweep = try await outcomeOfCancellationSweep { lab in
      try await lab.point("begun")
      _ = try await Mailbox<Int>("inbox").next(within: .milliseconds(1))
    }
    let rows = sweep.rounds.map { "\($0.outcome) \($0.findings)" }
    #expect(
      rows.last?.contains("threw Timed out waiting for an event from Mailbox") == true, "\(rows)")
  }

  @Test func `finds a cancellation that came before the wait and wakes nobody`() async throws {
    let rounds = Lock<[Leftovers]>([])
    defer { for leftovers in rounds.withLock({ $0 }) { leftovers.end() } }
    let sweep = try await outcomeOfCancellationSweep(
      within: .seconds(1),
      setUp: { _ in
        let leftovers = Leftovers()
        let count = rounds.withLock { rounds in
          rounds.append(leftovers)
          return rounds.count
        }
        // Uncancelled, there is nothing to wait for.
        if count == 2 { leftovers.end() }
        return leftovers
      }
    ) { lab, leftovers in
      await lab.mark("before the wait")
      try await leftovers.waitUnlessCancelled()
    }
    #expect(sweep.rounds.map(\.findings.count) == [1, 0])
    let finding = try #require(sweep.rounds.first?.findings.first)
    #expect(finding.code == .unfinished)
    #expect(finding.description.hasPrefix("not over "))
    let known =
      "; in nothing that the harness knows; came last to \"before the wait\" CancellationSweepTests.swift:"
    #expect(finding.description.contains(known))
  }

  @Test func `lets a wait of ours be cancelled without a failure of its own`() async throws {
    let inbox = Mailbox<Int>("inbox")
    try await sweepCancellation { lab in
      await lab.mark("before the wait")
      if Task.isCancelled { _ = try await inbox.next() }
    }
  }

  @Test func `allows what completes from a point of no return`() async throws {
    @Sendable func operation(_ lab: CancellationLab) async throws {
      try await lab.point("begun")
      await lab.mark("committed")
      await lab.mark("told")
    }
    try await sweepCancellation(ending: .cancelled.orCompleted(from: "committed")) {
      try await operation($0)
    }
    try await sweepCancellation(ending: .cancelled.orCompleted) { try await operation($0) }
    let strict = try await outcomeOfCancellationSweep { try await operation($0) }
    #expect(strict.rounds.map(\.findings.isEmpty) == [true, false, false, true])
  }

  @Test func `gives each round what was set up for it, uncancelled`() async throws {
    let numbers = Lock(0)
    let sweep = try await sweepCancellation(
      setUp: { lab in
        try await lab.point("not of the operation")
        return numbers.withLock { numbers in
          numbers += 1
          return numbers
        }
      }
    ) { lab, number in
      try await lab.point("\(number)")
      try await lab.point("\(number) again")
    }
    #expect(sweep.rounds.map(\.point?.name) == ["1", "2 again", nil])
    #expect(sweep.crossings == 2)
  }

  @Test func `cancels at the gates of a stand-in`() async throws {
    let sweep = try await sweepCancellation(
      setUp: { $0.gate("commit") }
    ) { _, gate in
      try await gate.pass()
      try await gate.pass()
    }
    #expect(sweep.rounds.map(\.point?.name) == ["Gate \"commit\"", "Gate \"commit\"", nil])
  }

  @Test func `finds a permit that is lost`() async throws {
    let sweep = try await outcomeOfCancellationSweep(
      setUp: { lab in
        let slots = Gate("slots")
        slots.open(2)
        lab.balance(of: slots)
        return slots
      }
    ) { lab, slots in
      try await slots.pass()
      try await lab.point("inside")
      slots.open()
    }
    #expect(
      sweep.rounds.map { $0.findings.map(\.description) } == [
        ["Gate \"slots\": 2 permits before, 1 after"], [],
      ])
  }

  @Test func `waits for what settles after the end`() async throws {
    try await sweepCancellation { lab in
      let pool = lab.balance("connection pool")
      pool.acquire()
      let work = lab.begin("clean-up")
      defer {
        Task {
          pool.release()
          work.end()
        }
      }
      try await lab.point("inside")
    }
  }

  @Test func `takes work for over whose task has let it go`() async throws {
    try await sweepCancellation { lab in
      let work = lab.begin("worker")
      Task { withExtendedLifetime(work) {} }
      try await lab.point("inside")
    }
  }

  @Test func `cancels the operation from a task that is not cancelled itself`() async throws {
    let sweep = try await sweepCancellation { lab in
      let server = Task.detached {
        await lab.mark("on the server")
        return Task.isCancelled
      }
      #expect(await !server.value)
      try Task.checkCancellation()
    }
    #expect(sweep.crossings == 1)
  }

  /// A hundred crossings by four tasks at once, each run cancelled at another one.
  @Test func `holds where tasks of the operation race`() async throws {
    let sweep = try await sweepCancellation(within: .seconds(30)) { lab in
      let pool = lab.balance("pool")
      try await withThrowingTaskGroup { group in
        for _ in 0..<4 {
          group.addTask {
            for _ in 0..<25 {
              pool.acquire()
              defer { pool.release() }
              try await lab.point("inside")
            }
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(sweep.crossings == 100)
  }

  @Test func `stops where there are too many crossings`() async throws {
    let sweep = try await outcomeOfCancellationSweep(atMost: 3) { lab in
      while true { try await lab.point("again") }
    }
    #expect(sweep.rounds.count == 4)
    #expect(!sweep.isClean)
    #expect(sweep.description.contains("stopped   there are more than 3 crossings"))
  }

  @Test func `stops where the operation is stuck without being cancelled`() async throws {
    let sweep = try await withDeadline(.seconds(2)) {
      try await outcomeOfCancellationSweep { lab in
        try await Store(lab: lab, fault: .isStuck, leftovers: Leftovers()).save()
      }
    }
    // On a busy machine the time may be up before the third point, and before the second.
    #expect(sweep.rounds.map(\.point?.name).last == .some(nil))
    #expect(sweep.rounds.last?.findings.map(\.code) == [.unfinished])
    #expect(sweep.description.contains("stopped   the rounds after it would be stuck as well"))
    #expect(!sweep.isClean)
  }

  @Test func `is not clean where the operation fails by itself or crosses nothing`() async throws {
    #expect(
      try await rows(.fails) == [
        ["connect", "threw CancellationError"], ["begin", "threw CancellationError"],
        ["-", "threw Closed", "threw without being cancelled"],
      ])
    let nothing = try await outcomeOfCancellationSweep { _ in }
    #expect(nothing.rounds.count == 1)
    #expect(!nothing.isClean)
  }

  @Test func `throws what the set-up throws`() async {
    await #expect(throws: Store.Closed.self) {
      try await sweepCancellation(setUp: { _ in throw Store.Closed() }) { _, _ in }
    }
  }

  @Test func `says that the machine or the pool kept the operation from ending`() async throws {
    let sweep = try await outcomeOfCancellationSweep(within: .milliseconds(50)) { lab in
      await lab.mark("before the blocked pool")
      guard Task.isCancelled else { return }
      let verdict = DispatchSemaphore(value: 0)
      await withBlockedPool {
        // Timers run in their order, so the verdict has been taken by then.
        let late = ContinuousClock.now + .milliseconds(150) * TimeScale.ofEnvironment.factor
        _ = Watchdog.arm(at: late) { verdict.signal() }
        verdict.wait()
      }
    }
    let finding = try #require(sweep.rounds.first?.findings.first)
    #expect(finding.description.contains(#/the task's actor, (was|is) |starved of CPU/#))
  }

  @Test func `ends with the operation where the test itself is cancelled`() async throws {
    let begun = Signal<Void>("begun")
    let over = Signal<Bool>("over")
    let test = Task {
      try await sweepCancellation { _ in
        begun.send()
        _ = await Mailbox<Int>("never").outcomeOfNext()
        over.send(Task.isCancelled)
      }
    }
    try await begun.value()
    test.cancel()
    await #expect(throws: CancellationError.self) { try await test.value }
    #expect(try await over.value())
  }
}

import HarnessLock
import Testing

@testable import Waiters

/// Why a scope is given up, and that it ends then; its texts are goldens.
@Suite struct `A scope that stalls` {
  private let support = RuntimeSupport()

  private func stall(
    patience: Duration = .milliseconds(50), stepLimit: Int = 1_000_000,
    support: RuntimeSupport = RuntimeSupport(),
    _ body: @escaping @Sendable @concurrent (VirtualClock) async throws -> Void
  ) async throws -> (Stall, isBodyOver: Bool) {
    _ = await RuntimeCheck.shared.value
    #expect(Routes.open())
    defer { #expect(Routes.close()) }
    let scheduler = VirtualScheduler(
      seed: 0, support: support, patience: patience, stepLimit: stepLimit)
    guard case .stalled(let stall, let isBodyOver) = await scheduler.run(body) else {
      throw Ended()
    }
    return (stall, isBodyOver)
  }

  private struct Ended: Error {}

  @Test func `is given up where a loop yields until a clock has moved`() async throws {
    let (stall, isBodyOver) = try await stall(stepLimit: 10_000) { clock in
      // harness:allow(poll): such a loop is what is tested
      while clock.now.offset < .seconds(1), !Task.isCancelled { await Task.yield() }
    }
    guard case .neverIdle(steps: 10_000) = stall.kind else {
      Issue.record("\(stall.kind)")
      return
    }
    #expect(isBodyOver)
    #expect(
      stall.text == """
        Never idle: 10000 steps in virtual time, and no time passed
          time      0 ms since the start
          tasks     1: 1 on the main actor or another executor
          try       look for a loop that yields until a clock has moved; let it sleep on the clock instead
        """)
  }

  /// A loop of a user that does not end costs him two seconds in a debug build.
  @Test func `is given up after a million steps`() async throws {
    let first = Lock<String?>(nil)
    try await withKnownIssue {
      try await withVirtualTime { clock in
        // harness:allow(poll): such a loop is what is tested
        while clock.now.offset < .seconds(1), !Task.isCancelled { await Task.yield() }
      }
    } matching: { issue in
      first.withLock { $0 = $0 ?? issue.comments.first?.rawValue }
      return true
    }
    #expect(first.withLock { $0 }?.hasPrefix("Never idle: 1000000 steps") == true)
  }

  /// Each of so many waits was put into words by a look at all of them, which took longer than their deadline.
  @Test func `tells one deadlock of a thousand waits`() async throws {
    let texts = Lock<[String]>([])
    try await withKnownIssue {
      try await withVirtualTime { _ in
        let replies = Signal<Int>("replies")
        await withTaskGroup { group in
          for _ in 0..<1000 { group.addTask { _ = try? await replies.value() } }
        }
      }
    } matching: { issue in
      texts.withLock { $0 += issue.comments.map(\.rawValue) }
      return true
    }
    let told = texts.withLock { $0 }
    #expect(told.count == 1)
    let text = try #require(told.first)
    #expect(text.hasPrefix("Deadlock in virtual time"))
    #expect(text.contains("1001: 1000 in waits of the harness, 1 waiting for other tasks"))
    #expect(text.contains("the value of Signal \"replies\""))
    #expect(text.contains("… and 995 more"))
  }

  @Test func `ends where its body does not look whether it is cancelled`() async throws {
    let isOver = Lock(false)
    let (_, isBodyOver) = try await stall(stepLimit: 10_000) { clock in
      // harness:allow(poll): such a loop is what is tested
      while !isOver.withLock({ $0 }) { await Task.yield() }
    }
    #expect(!isBodyOver)
    isOver.withLock { $0 = true }
  }

  @Test func `says that it may be a deadlock where that cannot be told`() async throws {
    let (stall, _) = try await stall(support: RuntimeSupport(readsTasks: false)) { _ in
      _ = try await Mailbox<Int>("inbox").next()
    }
    guard case .outside = stall.kind else {
      Issue.record("\(stall.kind)")
      return
    }
    #expect(
      stall.text.contains(
        "outside   this runtime does not say what tasks wait for, so this may be a deadlock"))
  }

  @Test func `lets a wait end by itself that hands its outcome back`() async throws {
    try await withVirtualTime { _ in
      let outcome = await Mailbox<Int>("inbox").outcomeOfNext(within: .milliseconds(20))
      #expect(outcome.report != nil)
    }
  }

  @Test func `does not take what a process writes, or a callback brings, for a deadlock`()
    async throws
  {
    try await withVirtualTime { _ in
      let line = try await withProcess("sh", ["-c", "echo up"]) { try await $0.lines.next() }
      #expect(line.text == "up")
      let value = try await completion(of: "fetch") { (done: Completion<Int>) in
        BackgroundThread.start { done.send(7) }
      }
      #expect(value == 7)
    }
  }

  @Test func `does not take what a task outside sends for a deadlock`() async throws {
    let inbox = Mailbox<Int>("inbox")
    let begun = Signal<Void>("begun")
    let sender = Task {
      try await begun.value()
      for number in 0..<3 { inbox.send(number) }
    }
    try await withVirtualTime { _ in
      begun.send()
      // A wait that hands its outcome back lets the outside go on.
      var numbers: [Int] = []
      for _ in 0..<3 {
        if case .value(let number) = await inbox.outcomeOfNext() { numbers.append(number) }
      }
      #expect(numbers == [0, 1, 2])
    }
    try await sender.value
  }

  /// On a runtime whose clocks cannot be made virtual a sleep names a real instant; what the code needed to
  /// come from there to the sleep is rounded away.
  @Test func `lets sleeps be virtual where clocks are not`() async throws {
    _ = await RuntimeCheck.shared.value
    #expect(Routes.open())
    defer { #expect(Routes.close()) }
    let scheduler = VirtualScheduler(seed: 0, support: RuntimeSupport(hasVirtualClocks: false))
    let outcome = await scheduler.run { clock in
      let start = ContinuousClock.now
      // harness:allow(sleep): it is called in virtual time
      try await Task.sleep(for: .seconds(3600))
      #expect(start.duration(to: .now) < .seconds(60))
      return clock.now.offset
    }
    guard case .value(let offset) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(offset.components.attoseconds.isMultiple(of: 1_000_000_000_000_000))
    // A machine so busy that it needs a minute to come to the sleep is not meant.
    #expect(offset <= .seconds(3600) && offset > .seconds(3540))
  }

  @Test func `names what blocks the main actor`() {
    let stall = Stall(
      kind: .outside(.seconds(1)), time: .seconds(3), seed: 5,
      census: TaskCensus([.init(id: 1, state: .active, parent: nil)], parked: []),
      isOnMainActor: true, waits: [], support: support)
    #expect(
      stall.text == """
        Stalled outside of virtual time: for 1 s nothing could run, and no task sleeps
          time      3 s since the start, seed 5
          tasks     1: 1 on the main actor or another executor
          outside   work for the main actor has not been run: is the main thread blocked?
          try       look for what was to resume them: I/O, a callback, another executor; time does not move those
        """)
  }

  @Test func `says what a runtime lacks`() {
    #expect(RuntimeSupport().obstacle == nil)
    #expect(RuntimeSupport(hasVirtualClocks: false, readsTasks: false).obstacle == nil)
    #expect(
      RuntimeSupport(routesJobs: false, schedulesSleeps: false).obstacle == """
        Virtual time does not work with this Swift runtime
          missing   Task {} and Task.detached leave the scope's thread
          missing   Task.sleep takes real time
          tested    with Swift 6.3 on Linux
          try       a ManualClock, handed to the code that sleeps
        """)
  }
}

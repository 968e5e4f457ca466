import HarnessLock
import Testing

@testable import Waiters

/// An account whose withdrawal looks, waits, and then takes: others come in between.
actor Account {
  private(set) var balance: Int

  init(balance: Int) {
    self.balance = balance
  }

  func withdraw(_ amount: Int) async -> Bool {
    guard balance >= amount else { return false }
    await Task.yield()
    balance -= amount
    return true
  }
}

/// A counter that reads, waits and writes, without an actor.
private final class Counter: Sendable {
  private let value = Lock(0)

  func increment() async {
    let old = value.withLock { $0 }
    await Task.yield()
    value.withLock { $0 = old + 1 }
  }

  var count: Int { value.withLock { $0 } }
}

/// An actor whose turns have threads of their own.
private actor OnThread {
  private final class Threads: SerialExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      BackgroundThread.start { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
  }

  private let threads = Threads()
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe threads.asUnownedSerialExecutor()
  }

  func touch() {}
}

private struct LostUpdate: Error {}

@Suite struct Interleavings {
  /// The first seed of many under which a scenario throws.
  private func firstFailing(
    _ seeds: Range<UInt64>,
    _ scenario: @escaping @Sendable @concurrent (VirtualClock) async throws -> Void
  ) async -> UInt64? {
    for seed in seeds {
      do {
        try await withVirtualTime(seed: seed, scenario)
      } catch {
        return seed
      }
    }
    return nil
  }

  @Test func `are not explored without a seed, which fails`() async throws {
    try await withKnownIssue {
      try await exploreInterleavings(seeds: 0..<0) { _ in }
    } matching: {
      $0.comments.contains { $0.rawValue.hasPrefix("Nothing was explored") }
    }
  }

  @Test func `find an overdrawn account, and replay it`() async throws {
    let scenario: @Sendable @concurrent (VirtualClock) async throws -> Void = { _ in
      let account = Account(balance: 100)
      await withTaskGroup { group in
        for _ in 0..<2 {
          group.addTask {
            await Task.yield()
            _ = await account.withdraw(60)
          }
        }
      }
      guard await account.balance >= 0 else { throw LostUpdate() }
    }
    let seed = try #require(await firstFailing(0..<100, scenario))
    for _ in 0..<20 {
      await #expect(throws: LostUpdate.self) { try await withVirtualTime(seed: seed, scenario) }
    }
  }

  /// A fault that needs one task to be held back while another makes a dozen steps.
  @Test func `find what needs one task to be held back for long`() async throws {
    let seed = await firstFailing(1..<200) { _ in
      let log = Lock<[Int]>([])
      async let slow: Void = {
        let seen = log.withLock { $0.count }
        await Task.yield()
        if log.withLock({ $0.count }) - seen == 11 { throw LostUpdate() }
      }()
      for step in 0..<12 {
        log.withLock { $0.append(step) }
        await Task.yield()
      }
      try await slow
    }
    #expect(seed != nil)
  }

  @Test func `are many, and with seed 0 always the same`() async throws {
    func order(_ seed: UInt64) async throws -> [Int] {
      try await withVirtualTime(seed: seed) { _ in
        let order = Lock<[Int]>([])
        await withTaskGroup { group in
          for task in 0..<4 {
            group.addTask {
              await Task.yield()
              order.withLock { $0.append(task) }
            }
          }
        }
        return order.withLock { $0 }
      }
    }
    #expect(try await order(0) == [0, 1, 2, 3])
    var orders = Set<[Int]>()
    for seed in 0..<200 as Range<UInt64> { orders.insert(try await order(seed)) }
    // Of the 24 that there are.
    #expect(orders.count == 24)
  }

  /// Every kind of task, sleep, wait and cancellation, step for step.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `are replayed step for step`(seed: UInt64) async throws {
    let support = await RuntimeCheck.shared.value
    func trace() async throws -> [Schedule<VirtualScheduler.Work>.Step] {
      #expect(Routes.open())
      defer { #expect(Routes.close()) }
      let scheduler = VirtualScheduler(seed: seed, support: support, keepsTrace: true)
      let outcome = await scheduler.run { clock in try await busyScenario(clock) }
      guard case .value = outcome else {
        Issue.record("\(outcome)")
        return []
      }
      return try #require(scheduler.contents.withLock { $0.state.schedule.trace })
    }
    let first = try await trace()
    #expect(first.count > 100)
    for _ in 0..<5 { #expect(try await trace() == first) }
  }

  @Test func `are explored until one fails`() async throws {
    let seeds = Lock<[UInt64]>([])
    try await withKnownIssue {
      try await exploreInterleavings(seeds: 10..<20) { clock in
        seeds.withLock { $0.append(clock.seed) }
        if clock.seed == 13 { throw LostUpdate() }
      }
    } matching: { issue in
      issue.comments.contains {
        $0.rawValue.hasPrefix("seed 13: threw an error, after 3 seeds passed")
      }
    }
    #expect(seeds.withLock { $0 } == [10, 11, 12, 13])
  }

  /// On an executor of its own it runs when that likes, whatever the seed says.
  @Test(arguments: [false, true])
  func `may differ in a replay where another thread took part`(isOnThread: Bool) async throws {
    let texts = Lock<[String]>([])
    try await withKnownIssue {
      try await exploreInterleavings(seeds: 3...3) { _ in
        await MainActor.run {}
        if isOnThread { await OnThread().touch() } else { _ = await Account(balance: 1).balance }
        throw LostUpdate()
      }
    } matching: { issue in
      texts.withLock { $0 += issue.comments.map(\.rawValue) }
      return true
    }
    let text = try #require(texts.withLock { $0 }.first)
    #expect(text.hasPrefix("seed 3: threw an error"))
    #expect(text.contains("a replay may differ") == isOnThread)
  }

  @Test func `say in the failure whether a replay may differ`() {
    let failing = FailingSeed(seed: 3, passed: 2)
    #expect(
      failing.note(isDisturbed: true) == """
        seed 3: failed, after 2 seeds passed
          replay    exploreInterleavings(seeds: 3...3) { … }
          or        withVirtualTime(seed: 3) { … }
          but       another thread woke tasks of the scope, whose order the seed does not decide: a replay may differ
                    look for an actor with an executor of its own, a queue, a thread, I/O
        """)
    #expect(!failing.note(isDisturbed: false).contains("but"))
  }

  @Test func `all pass where there is no fault`() async throws {
    try await exploreInterleavings(seeds: 0..<300) { _ in
      let counter = Counter()
      await withTaskGroup { group in
        for _ in 0..<3 { group.addTask { await counter.increment() } }
      }
      #expect((1...3).contains(counter.count))
    }
  }
}

private func busyScenario(_ clock: VirtualClock) async throws {
  let inbox = Mailbox<Int>("inbox")
  let account = Account(balance: 1000)
  let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
  let reader = Task {
    var sum = 0
    for await number in stream { sum += number }
    return sum
  }
  try await withThrowingTaskGroup { group in
    for task in 0..<8 {
      group.addTask {
        // harness:allow(sleep): it is called in virtual time
        try await Task.sleep(for: .milliseconds(task % 3))
        _ = await account.withdraw(60)
        inbox.send(task)
        continuation.yield(task)
        await Task { await Task.yield() }.value
        // harness:allow(sleep): it is called in virtual time
        try await Task.detached { try await Task.sleep(nanoseconds: 5_000_000) }.value
      }
    }
    try await group.waitForAll()
  }
  let sleeper = Task { try await clock.sleep(for: .seconds(3600)) }
  await Task.yield()
  sleeper.cancel()
  _ = await sleeper.result
  _ = try await inbox.collect(count: 8)
  async let late = clock.now
  _ = await late
  #expect(!clock.scheduler.hasRested)
  continuation.finish()
  #expect(await reader.value == 28)
}

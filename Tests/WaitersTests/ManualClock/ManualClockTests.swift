import Foundation
import HarnessLock
import Testing
import Waiters

@Suite struct `A manual clock` {
  @Test func `stands still until it is moved`() async throws {
    let clock = ManualClock("clock")
    #expect(clock.now.offset == .zero)
    clock.advance(by: .seconds(3))
    clock.advance(by: .milliseconds(500))
    #expect(clock.now.offset == .milliseconds(3500))
    clock.advance(to: .init(offset: .seconds(2)))
    #expect(clock.now.offset == .milliseconds(3500))
  }

  @Test func `serves code that takes any clock`() async throws {
    let clock = ManualClock("clock")
    @Sendable func attempts(_ clock: any Clock<Duration>) async throws -> Int {
      // harness:allow(sleep): the clock is a manual one
      for attempt in 1..<3 { try await clock.sleep(for: .seconds(attempt)) }
      return 3
    }
    async let result = attempts(clock)
    for seconds in [1, 3] {
      let next = try await clock.armed()
      #expect(next.offset == .seconds(seconds))
      #expect(clock.nextArmed == next)
      clock.advance(to: next)
    }
    #expect(try await result == 3)
    #expect(clock.nextArmed == nil)
  }

  @Test func `is moved from any thread`() async throws {
    let clock = ManualClock("clock")
    async let sleep: Void = clock.sleep(for: .seconds(1))
    try await clock.armed()
    Thread { clock.advance(by: .seconds(1)) }.start()
    try await sleep
  }

  @Test func `wakes a cancelled sleeper at once`() async throws {
    let clock = ManualClock("clock")
    let sleeper = Task { try await clock.sleep(for: .seconds(1)) }
    try await clock.armed()
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    #expect(clock.nextArmed == nil)
    let late = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      try await clock.sleep(for: .seconds(-1))
    }
    await #expect(throws: CancellationError.self) { try await late.value }
  }

  @Test func `hands back what came of waiting for timers`() async throws {
    let clock = ManualClock("clock")
    let none = await clock.outcomeOfArmed(within: .zero)
    #expect(none.report?.wanted == #"1 timer armed on ManualClock "clock""#)
    async let sleep: Void = clock.sleep(until: .init(offset: .seconds(4)))
    #expect(await clock.outcomeOfArmed().value?.offset == .seconds(4))
    clock.advance(by: .seconds(4))
    try await sleep
  }

  @Test func `wakes many, each once`() async throws {
    let clock = ManualClock("clock")
    let woken = Lock(0)
    try await withThrowingTaskGroup { group in
      for sleeper in 0..<1000 {
        group.addTask {
          try await clock.sleep(for: .seconds(sleeper % 10 + 1))
          woken.withLock { $0 += 1 }
        }
      }
      try await clock.armed(1000)
      for _ in 0..<10 { clock.advance(by: .seconds(1)) }
      try await group.waitForAll()
    }
    #expect(woken.withLock { $0 } == 1000)
  }

  @Test func `is moved on and slept on for as long as there is`() async throws {
    let clock = ManualClock("clock")
    let sleeper = Task { try await clock.sleep(for: .seconds(Int64.max)) }
    try await clock.armed()
    let report = try #require(await clock.outcomeOfArmed(2, within: .zero).report)
    #expect(report.description.contains("armed     292471208678 years"))
    for _ in 0..<30 { clock.advance(by: .seconds(Int64.max)) }
    try await sleeper.value
    #expect(clock.now.advanced(by: Duration(attoseconds: .max)).offset > clock.now.offset)
    // Nobody sleeps beyond it.
    try await clock.sleep(for: .seconds(1))
  }

  @Test func `is a wait of the harness in virtual time`() async throws {
    try await withVirtualTime { _ in
      let clock = ManualClock("clock")
      async let sleep: Void = clock.sleep(for: .seconds(1))
      try await clock.armed()
      clock.advance(by: .seconds(1))
      try await sleep
    }
  }
}

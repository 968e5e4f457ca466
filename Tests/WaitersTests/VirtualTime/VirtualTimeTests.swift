import Foundation
import HarnessLock
import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `Virtual time` {
  @Test func `is supported by this toolchain in every part`() async {
    #expect(await RuntimeCheck.shared.value == RuntimeSupport())
  }

  @Test func `takes no real time for an hour`() async throws {
    let start = ContinuousClock.now
    try await withVirtualTime { clock in
      try await Task.sleep(for: .seconds(3600))
      #expect(clock.now.offset == .seconds(3600))
    }
    // An hour is 3,600 s; the bound leaves a busy machine what it needs.
    #expect(start.duration(to: .now) < .seconds(600))
  }

  @Test func `gives what its body gives, and throws what it throws`() async throws {
    #expect(try await withVirtualTime { _ in 7 } == 7)
    await #expect(throws: Fault.self) { try await withVirtualTime { _ in throw Fault() } }
  }

  struct Sleep: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sleep: @Sendable () async throws -> Void
  }

  static let sleeps: [Sleep] = [
    // harness:allow(sleep): it is called in virtual time
    .init(testDescription: "Task.sleep(for:)") { try await Task.sleep(for: .seconds(90)) },
    .init(testDescription: "Task.sleep(for:tolerance:)") {
      // harness:allow(sleep): it is called in virtual time
      try await Task.sleep(for: .seconds(90), tolerance: .seconds(1))
    },
    .init(testDescription: "Task.sleep(for:clock:) of the suspending clock") {
      // harness:allow(sleep): it is called in virtual time
      try await Task.sleep(for: .seconds(90), clock: .suspending)
    },
    .init(testDescription: "Task.sleep(nanoseconds:)") {
      // harness:allow(sleep): it is called in virtual time
      try await Task.sleep(nanoseconds: 90_000_000_000)
    },
    .init(testDescription: "Task.sleep(until:clock:)") {
      // harness:allow(sleep): it is called in virtual time
      try await Task.sleep(until: .now + .seconds(90), clock: .continuous)
    },
    .init(testDescription: "ContinuousClock.sleep(for:)") {
      // harness:allow(sleep): it is called in virtual time
      try await ContinuousClock().sleep(for: .seconds(90))
    },
    .init(testDescription: "ContinuousClock.sleep(until:)") {
      // harness:allow(sleep): it is called in virtual time
      try await ContinuousClock().sleep(until: .now.advanced(by: .seconds(90)))
    },
    .init(testDescription: "SuspendingClock.sleep(for:)") {
      // harness:allow(sleep): it is called in virtual time
      try await SuspendingClock().sleep(for: .seconds(90))
    },
  ]

  struct Start: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let start: @Sendable (@escaping @Sendable () async throws -> Void) async throws -> Void
  }

  static let starts: [Start] = [
    .init(testDescription: "the body") { try await $0() },
    .init(testDescription: "Task {}") { body in try await Task { try await body() }.value },
    .init(testDescription: "Task.detached") { body in
      try await Task.detached { try await body() }.value
    },
    .init(testDescription: "a task in a task") { body in
      try await Task { try await Task.detached { try await body() }.value }.value
    },
    .init(testDescription: "async let") { body in
      async let done: Void = body()
      try await done
    },
    .init(testDescription: "a task group") { body in
      try await withThrowingTaskGroup { group in
        group.addTask { try await body() }
        try await group.waitForAll()
      }
    },
    .init(testDescription: "a discarding task group") { body in
      try await withThrowingDiscardingTaskGroup { group in group.addTask { try await body() } }
    },
    .init(testDescription: "an actor") { body in try await Runner().run(body) },
    .init(testDescription: "a task of an actor") { body in try await Runner().runInTask(body) },
    .init(testDescription: "an immediate task") { body in
      try await Task.immediate { try await body() }.value
    },
  ]

  @Test(arguments: sleeps, starts)
  func `moves on for every sleep, whoever sleeps`(sleep: Sleep, start: Start) async throws {
    try await withVirtualTime { clock in
      try await start.start { try await sleep.sleep() }
      #expect(clock.now.offset == .seconds(90))
      // Nothing left the thread, if only to come back.
      #expect(!clock.scheduler.hasRested)
    }
  }

  @Test func `is shown by the clocks of Swift`() async throws {
    try await withVirtualTime { clock in
      let (continuous, suspending) = (ContinuousClock.now, SuspendingClock.now)
      #expect(ContinuousClock.now == continuous)
      try await clock.sleep(for: .seconds(60))
      #expect(continuous.duration(to: .now) == .seconds(60))
      #expect(suspending.duration(to: .now) == .seconds(60))
      let inTask = await Task.detached { ContinuousClock.now }.value
      #expect(continuous.duration(to: inTask) == .seconds(60))
    }
  }

  @Test func `wakes sleepers in the order of their times`() async throws {
    let order = Lock<[Int]>([])
    try await withVirtualTime { clock in
      await withTaskGroup { group in
        for seconds in [3, 1, 2, 1] {
          group.addTask {
            try? await clock.sleep(until: .init(offset: .seconds(seconds)))
            order.withLock { $0.append(seconds) }
          }
        }
      }
      #expect(clock.now.offset == .seconds(3))
    }
    #expect(order.withLock { $0 } == [1, 1, 2, 3])
  }

  @Test(arguments: [0, 1, 2] as [UInt64])
  func `wakes a cancelled sleeper at once`(seed: UInt64) async throws {
    try await withVirtualTime(seed: seed) { clock in
      for sleep in Self.sleeps.map(\.sleep) + [{ try await clock.sleep(for: .seconds(90)) }] {
        let sleeper = Task { try await sleep() }
        await Task.yield()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
      }
      #expect(clock.now.offset == .zero)
      // The timers of the cancelled sleeps are gone too.
      try await clock.sleep(for: .seconds(1))
      #expect(clock.now.offset == .seconds(1))
    }
  }

  @Test func `runs everything on one thread`() async throws {
    try await withVirtualTime(seed: 7) { clock in
      let scheduler = clock.scheduler
      @Sendable func isInside() -> Bool { VirtualScheduler.ofThread === scheduler }
      #expect(isInside())
      await withTaskGroup { group in
        for _ in 0..<10 {
          group.addTask {
            await Task.yield()
            #expect(isInside())
          }
        }
      }
      let runner = Runner()
      #expect(await runner.isOn(scheduler))
      #expect(await Task { isInside() }.value)
      #expect(await Task.detached(priority: .background) { isInside() }.value)
    }
  }

  @Test func `ends where no clock counts on`() async throws {
    try await withVirtualTime { clock in
      try await clock.sleep(for: .seconds(Int64.max))
      #expect(clock.now.offset == .seconds(Int64.max))
      let (continuous, suspending) = (ContinuousClock.now, SuspendingClock.now)
      try await Task.sleep(for: .seconds(1))
      try await clock.sleep(for: .seconds(Int64.max))
      #expect(clock.now.offset == .seconds(Int64.max))
      #expect(continuous == .now && suspending == .now)
    }
  }

  @Test func `holds for several scopes at once`() async throws {
    try await withThrowingTaskGroup { group in
      for index in 1...8 {
        group.addTask {
          try await withVirtualTime(seed: UInt64(index)) { clock in
            for _ in 0..<50 {
              try await Task.sleep(for: .seconds(index))
              try await Task { try await Task.sleep(for: .seconds(index)) }.value
            }
            #expect(clock.now.offset == .seconds(100 * index))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `waits for work on the main actor, and stands still meanwhile`() async throws {
    try await withVirtualTime { clock in
      async let late: Void = clock.sleep(for: .seconds(3600))
      for _ in 0..<20 {
        await MainActor.run {}
      }
      #expect(clock.now.offset == .zero)
      await onMain()
      #expect(clock.now.offset == .seconds(5))
      try await late
      #expect(clock.now.offset == .seconds(3600))
      await onMain()
      #expect(clock.now.offset == .seconds(3605))
      for _ in 0..<1000 { try await Task.sleep(for: .milliseconds(1)) }
      #expect(clock.now.offset == .seconds(3606))
    }
  }

  @Test @MainActor func `is opened on the main actor too`() async throws {
    try await withVirtualTime { clock in
      await MainActor.run {}
      try await clock.sleep(for: .seconds(60))
      #expect(clock.now.offset == .seconds(60))
    }
  }

  @Test func `cancels its body with its caller`() async throws {
    let begun = Signal<Void>("begun")
    let scope = Task {
      try await withVirtualTime { _ in
        begun.send()
        try await forever()
      }
    }
    try await begun.value()
    scope.cancel()
    await #expect(throws: CancellationError.self) { try await scope.value }
  }

  @Test func `lets go of what is left when its body ends`() async throws {
    let ended = Signal<Bool>("ended")
    try await withVirtualTime { clock in
      Task {
        do {
          try await clock.sleep(for: .seconds(3600))
          ended.send(false)
        } catch {
          ended.send(true)
        }
      }
      Task { await Task.yield() }
      await Task.yield()
    }
    #expect(try await ended.value())
  }
}

private struct Fault: Error {}

private actor Runner {
  func run(_ body: @Sendable () async throws -> Void) async throws { try await body() }
  func runInTask(_ body: @escaping @Sendable () async throws -> Void) async throws {
    try await Task {
      touch()
      try await body()
      touch()
    }.value
  }
  func isOn(_ scheduler: VirtualScheduler) -> Bool { VirtualScheduler.ofThread === scheduler }
  private func touch() {}
}

@MainActor private func onMain() async {
  let start = ContinuousClock.now
  // harness:allow(sleep): it is called in virtual time
  try? await Task.sleep(for: .seconds(5))
  #expect(start.duration(to: .now) == .seconds(5))
}

/// Waits for its cancellation, outside of every wait of the harness.
private func forever() async throws {
  let (stream, _) = AsyncStream.makeStream(of: Void.self)
  for await _ in stream {}
  try Task.checkCancellation()
}

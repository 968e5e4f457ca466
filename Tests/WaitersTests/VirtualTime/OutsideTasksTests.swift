import HarnessLock
import Testing

@testable import Waiters

/// What a scope of virtual time does not touch, whoever starts it, and whoever wakes it.
@Suite struct `Virtual time, to tasks outside` {
  @Test func `leaves tasks outside alone`() async throws {
    let (toScope, toOutside) = (Signal<Void>("to the scope"), Signal<Void>("to the outside"))
    let outside = Task {
      var wasInside = false
      try await toOutside.value()
      for _ in 0..<100 {
        // harness:allow(poll): others are to come between
        await Task.yield()
        wasInside = await Task { VirtualScheduler.ofThread != nil }.value || wasInside
      }
      toScope.send()
      let start = ContinuousClock.now
      // harness:allow(sleep): that it is not virtual here is what is tested
      try await Task.sleep(for: .milliseconds(1))
      #expect(start.duration(to: .now) < .seconds(600))
      return wasInside
    }
    try await withVirtualTime { clock in
      // Resumed from the scope's thread, the task outside stays outside.
      toOutside.send()
      try await Task.sleep(for: .seconds(3600))
      _ = await toScope.outcome(within: .seconds(10))
    }
    #expect(try await outside.value == false)
  }

  /// Of a parallel test, say: it is younger than the scope, and woken from the scope's thread.
  @Test(arguments: [false, true])
  func `leaves alone what others start meanwhile`(isOnActor: Bool) async throws {
    let (begun, parked, go) = (Signal<Void>("begun"), Signal<Void>("parked"), Signal<Void>("go"))
    let (steps, step) = AsyncStream.makeStream(of: Void.self)
    let held = Lock<CheckedContinuation<Void, Never>?>(nil)
    let scope = Task {
      try await withVirtualTime { clock in
        begun.send()
        for await _ in steps { break }
        try await clock.sleep(for: .seconds(36_000))
        go.send()
        held.withLock { $0.take() }?.resume()
        try await clock.sleep(for: .seconds(36_000))
        await Task.yield()
        try await clock.sleep(for: .seconds(36_000))
      }
    }
    try await begun.value()
    /// How far the clock of Swift is ahead, before and after a sleep.
    @Sendable func lead() async throws -> [Duration] {
      let before = ContinuousClock.Instant.realNow.duration(to: .now)
      // harness:allow(sleep): that it is not virtual here is what is tested
      try await Task.sleep(for: .milliseconds(1))
      return [before, ContinuousClock.Instant.realNow.duration(to: .now)]
    }
    let leads = Task.detached {
      if isOnActor {
        return try await Bystander().afterWaiting(for: go, begun: parked) { try await lead() }
      }
      await withCheckedContinuation { continuation in
        held.withLock { $0 = continuation }
        parked.send()
      }
      #expect(VirtualScheduler.ofThread == nil)
      return try await lead()
    }
    try await parked.value()
    step.yield()
    try await scope.value
    for lead in try await leads.value { #expect(lead < .seconds(600)) }
  }

  @Test func `cancels no wait of others when it is given up`() async throws {
    let (begun, parked) = (Signal<Void>("begun"), Signal<Void>("parked"))
    let (waits, own) = (Signal<Void>("waits"), Signal<Int>("own"))
    let (steps, step) = AsyncStream.makeStream(of: Void.self)
    let held = Lock<CheckedContinuation<Void, Never>?>(nil)
    let scope = Task {
      await withKnownIssue {
        try await withVirtualTime { _ in
          begun.send()
          for await _ in steps { break }
          held.withLock { $0.take() }?.resume()
          _ = await waits.outcome(within: .seconds(10))
          try await Signal<Void>("never").value()
        }
      }
    }
    try await begun.value()
    let other = Task.detached {
      await withCheckedContinuation { continuation in
        held.withLock { $0 = continuation }
        parked.send()
      }
      waits.send()
      return await own.outcome(within: .seconds(60)).value
    }
    try await parked.value()
    step.yield()
    await scope.value
    own.send(7)
    #expect(await other.value == 7)
  }
}

/// Its tasks pass no hook of the runtime when they start.
private actor Bystander {
  func afterWaiting<R: Sendable>(
    for signal: Signal<Void>, begun: Signal<Void>, _ body: @Sendable () async throws -> R
  ) async throws -> R {
    let wait = Task {
      begun.send()
      try await signal.value()
    }
    try await wait.value
    return try await body()
  }
}

import Foundation
import HarnessLock
import Testing

@testable import Waiters

@Suite struct `The watchdog` {
  @Test func `runs an action at its instant`() async throws {
    let fired = Signal<ContinuousClock.Instant>("fired")
    let instant = ContinuousClock.now + .milliseconds(5)
    _ = Watchdog.arm(at: instant) { fired.send(.now) }
    #expect(try await fired.value() >= instant)
  }

  @Test func `runs the earlier action first, whichever was armed first`() async throws {
    let fired = Mailbox<String>("fired")
    let start = ContinuousClock.now
    _ = Watchdog.arm(at: start + .milliseconds(300)) { fired.send("late") }
    _ = Watchdog.arm(at: start + .milliseconds(200)) { fired.send("early") }
    #expect(try await fired.collect(count: 2) == ["early", "late"])
  }

  @Test func `does not run what was disarmed`() async throws {
    let fired = Mailbox<String>("fired")
    let start = ContinuousClock.now
    let timer = Watchdog.arm(at: start + .seconds(60)) { fired.send("disarmed") }
    #expect(timer.disarm())
    #expect(!timer.disarm())
    _ = Watchdog.arm(at: start) { fired.send("armed") }
    #expect(try await fired.next() == "armed")
  }

  @Test func `lets a disarmed action go outside of its lock`() async throws {
    let fired = Signal<Void>("fired")
    let timer = arm(holding: Farewell { _ = Watchdog.arm(at: .now) { fired.send() } })
    #expect(timer.disarm())
    try await fired.value()
  }

  /// Arms a timer whose action is the only one to hold the object.
  private func arm(holding object: Farewell) -> Watchdog.Timer {
    Watchdog.arm(at: .now + .seconds(60)) { withExtendedLifetime(object) {} }
  }

  @Test func `is not held up by an event that is slow to describe itself`() async throws {
    let onTime = Signal<Bool>("on time")
    let isDescribed = DispatchSemaphore(value: 0)
    let inbox = Mailbox<Slow>("inbox")
    inbox.send(
      Slow {
        let isFired = DispatchSemaphore(value: 0)
        _ = Watchdog.arm(at: .now) { isFired.signal() }
        // Bounded, so that a watchdog which runs this ends the test all the same.
        onTime.send(isFired.wait(timeout: .now() + 60) == .success)
        isDescribed.signal()
      })
    let registered = Signal<Void>("registered")
    await withKnownIssue {
      async let event = inbox.first(within: .milliseconds(50)) { _ in
        registered.send()
        return false
      }
      _ = await registered.outcome()
      await withBlockedPool { isDescribed.wait() }
      _ = try await event
    }
    #expect(try await onTime.value())
  }

  /// An event whose description waits for something.
  private struct Slow: Sendable, CustomStringConvertible {
    let wait: @Sendable () -> Void

    init(_ wait: @escaping @Sendable () -> Void) {
      self.wait = wait
    }

    var description: String {
      wait()
      return "slow"
    }
  }

  @Test func `keeps its deadlines while a closure of a user holds the lock of a channel`()
    async throws
  {
    let state = Watched("state", 0)
    let isHeld = Signal<Void>("held")
    let release = DispatchSemaphore(value: 0)
    BackgroundThread.start {
      state.update { _ in
        isHeld.send()
        release.wait()
      }
    }
    try await isHeld.value()
    defer { release.signal() }
    try await withKnownIssue {
      _ = try await Mailbox<Int>("inbox").next(within: .milliseconds(20))
    } matching: { issue in
      "\(issue)".contains(#"something at Watched "state", whose lock another thread holds"#)
    }
  }

  @Test func `takes its verdict while every thread of the pool is blocked`() async throws {
    let inbox = Mailbox<Int>("inbox")
    let registered = Signal<Void>("registered")
    inbox.send(1)
    let start = ContinuousClock.now
    async let outcome = inbox.outcomeOfFirst(within: .milliseconds(50)) { _ in
      registered.send()
      return false
    }
    _ = await registered.outcome()

    let released = Signal<ContinuousClock.Instant>("released")
    let verdict = DispatchSemaphore(value: 0)
    await withBlockedPool {
      // Timers run in their order, so this one runs after the wait's.
      _ = Watchdog.arm(at: .now + .milliseconds(100) * TimeScale.ofEnvironment.factor) {
        // What comes now is too late, although the wait's task has had no thread to run on.
        inbox.send(2)
        released.send(.now)
        verdict.signal()
      }
      verdict.wait()
    }
    guard case .timedOut(let report) = await outcome else {
      Issue.record("the wait did not time out")
      return
    }
    let end = try await released.value()
    #expect(report.waited < start.duration(to: end))
    #expect(report.description.contains("1 event, 1 untaken:"))
  }
}

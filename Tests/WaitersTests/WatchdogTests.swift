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
    _ = Watchdog.arm(at: start + .milliseconds(10)) { fired.send("late") }
    _ = Watchdog.arm(at: start + .milliseconds(5)) { fired.send("early") }
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

  @Test func `takes its verdict while every thread of the pool is blocked`() async {
    let inbox = Mailbox<Int>("inbox")
    let registered = Signal<Void>("registered")
    inbox.send(1)
    async let outcome = inbox.outcomeOfFirst(
      where: { _ in
        registered.send()
        return false
      }, within: .milliseconds(50))
    _ = await registered.outcome()

    let verdict = DispatchSemaphore(value: 0)
    await withBlockedPool {
      // Timers run in their order, so this one runs after the wait's.
      _ = Watchdog.arm(at: .now + .milliseconds(100) * TimeScale.ofEnvironment.factor) {
        // What comes now is too late, although the wait's task has had no thread to run on.
        inbox.send(2)
        verdict.signal()
      }
      verdict.wait()
    }
    guard case .timedOut(let report) = await outcome else {
      Issue.record("the wait did not time out")
      return
    }
    #expect(report.waited < .milliseconds(150) * TimeScale.ofEnvironment.factor)
    #expect(report.description.contains("1 event, 1 untaken, none matches:"))
  }
}

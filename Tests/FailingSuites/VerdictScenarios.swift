import Foundation
import HarnessLock
import Waiters

/// Waits that fail, one for each thing that a failure can say, as suites of both frameworks run them.
enum VerdictScenario: String, CaseIterable {
  case nothingSent, noneMatched, starved, partOfALatch, partOfABarrier, stateNeverMatched
  case stateDidNotHold, somethingSentBeforeTheFence, tooFewBeforeTheFence, lateArrival

  func run() async throws {
    switch self {
    case .nothingSent: try await nothingSent()
    case .noneMatched: try await noneMatched()
    case .starved: try await starved()
    case .partOfALatch: try await partOfALatch()
    case .partOfABarrier: try await partOfABarrier()
    case .stateNeverMatched: try await stateNeverMatched()
    case .stateDidNotHold: try await stateDidNotHold()
    case .somethingSentBeforeTheFence: try await somethingSentBeforeTheFence()
    case .tooFewBeforeTheFence: try await tooFewBeforeTheFence()
    case .lateArrival: try await lateArrival()
    }
  }

  /// A service that is held at a gate which the test forgot to open.
  private func nothingSent() async throws {
    let gate = Gate("before the commit")
    let replies = Mailbox<String>("replies")
    async let service: Void = {
      try? await gate.pass()
      replies.send("stored")
    }()
    try await gate.arrivals()
    defer { gate.openForever() }
    _ = try await replies.next(within: .milliseconds(100))
    await service
  }

  private struct Progress: Sendable, CustomStringConvertible {
    let stage: String
    let percent: Int

    var description: String { "\(stage) \(percent) %" }
  }

  private func noneMatched() async throws {
    let progress = Mailbox<Progress>("progress")
    progress.send(Progress(stage: "validation", percent: 10))
    progress.send(Progress(stage: "storage", percent: 60))
    _ = try await progress.first(
      matching: .with(\.stage, equalTo: "storage").and(.with(\.percent, equalTo: 100)),
      within: .milliseconds(50))
  }

  /// More threads that compute than the machine has cores.
  private func starved() async throws {
    let isOver = Lock(false)
    defer { isOver.withLock { $0 = true } }
    for _ in 0..<(4 * ProcessInfo.processInfo.activeProcessorCount) {
      BackgroundThread.start {
        while !isOver.withLock({ $0 }) {}
      }
    }
    _ = try await Signal<Int>("port").value(within: .milliseconds(500))
  }

  private func partOfALatch() async throws {
    let stored = Latch("rows stored", count: 3)
    stored.countDown()
    try await stored.opened(within: .milliseconds(50))
  }

  private func partOfABarrier() async throws {
    try await Barrier("start", parties: 3).arrive(within: .milliseconds(50))
  }

  private func stateNeverMatched() async throws {
    let open = Watched("open connections", 0)
    for _ in 1...2 { open.update { $0 += 1 } }
    try await open.until(matching: .equal(to: 3), within: .milliseconds(50))
  }

  private func stateDidNotHold() async throws {
    let open = Watched("open connections", 1)
    let stopped = Signal<Void>("stopped")
    let isWatched = Signal<Void>("watched")
    async let held: Void = open.holds(until: .sent(stopped)) { state in
      isWatched.send()
      return state <= 2
    }
    try await isWatched.value()
    open.update { $0 = 3 }
    open.update { $0 = 1 }
    stopped.send()
    try await held
  }

  private func somethingSentBeforeTheFence() async throws {
    let errors = Mailbox<String>("errors")
    let done = Signal<Void>("done")
    errors.send("connection reset")
    done.send()
    try await errors.expectNone(until: .sent(done))
  }

  private func tooFewBeforeTheFence() async throws {
    let retries = Mailbox<Int>("retries")
    retries.send(1)
    try await retries.collect(2...4, until: Fence("the client's answer") {})
  }

  /// An event that comes while the scope of the failed wait still goes on.
  private func lateArrival() async throws {
    let replies = Mailbox<String>("replies")
    try await withDeadline(.seconds(60), "upload") {
      do {
        _ = try await replies.next(within: .milliseconds(20))
      } catch {
        replies.send("stored")
        throw error
      }
    }
  }
}

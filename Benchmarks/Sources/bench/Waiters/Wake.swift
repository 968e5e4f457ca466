import AsyncAlgorithms
import Dispatch
import Waiters
import XCTest

/// A way to wake a waiting task from a thread.
protocol Wake: Sendable {
  static var name: String { get }
  /// How many notifications of a run are made, of a thousand: a slow way needs fewer to be known.
  static var share: Int { get }
  /// The longest time, in nanoseconds, that passes from the wait to its notification, at random.
  static var phase: UInt64 { get }
  init()
  /// Called on a thread of its own.
  func notify()
  func wait() async
}

extension Wake {
  static var share: Int { 1_000 }
  static var phase: UInt64 { 0 }
}

/// A mailbox of this package, with its deadline armed and its place in the table of waits.
struct MailboxWake: Wake {
  static let name = "Waiters.Mailbox, with a deadline"
  private let mailbox = Mailbox<Int>("bench")
  func notify() { mailbox.send(1) }
  func wait() async { _ = await mailbox.outcomeOfNext(within: .seconds(60)) }
}

/// The standard library's stream, without a deadline.
struct StreamWake: Wake {
  static let name = "AsyncStream, no deadline"
  private let parts = AsyncStream.makeStream(of: Int.self)
  func notify() { parts.continuation.yield(1) }
  func wait() async { for await _ in parts.stream { return } }
}

/// The channel of swift-async-algorithms, whose `send` is asynchronous, so that a callback needs a task.
struct AsyncChannelWake: Wake {
  static let name = "AsyncChannel, no deadline"
  private let channel = AsyncChannel<Int>()
  func notify() { Task { await channel.send(1) } }
  func wait() async { for await _ in channel { return } }
}

/// The expectation of XCTest, a new one for each wait.
final class ExpectationWake: Wake, @unchecked Sendable {
  static let name = "XCTestExpectation"
  static let share = 200
  // Safe: `wait` makes it before it is signalled that a notification may come, and `notify` reads it after.
  private var expectation = XCTestExpectation(description: "bench")
  func notify() { expectation.fulfill() }
  func wait() async {
    let result = await XCTWaiter().fulfillment(of: [expectation], timeout: 60)
    precondition(result == .completed)
    expectation = XCTestExpectation(description: "bench")
  }
}

/// What many suites have: a loop that looks and sleeps.
final class PollerWake: Wake, @unchecked Sendable {
  static let name = "poller, 10 ms"
  static let share = 20
  static let phase: UInt64 = 10_000_000
  // Safe: the semaphore orders what is written before it and read after it.
  private let flag = DispatchSemaphore(value: 0)
  func notify() { flag.signal() }
  func wait() async {
    while !isNotified() {
      // harness:allow(sleep): the peer of this row, measured as it is found in suites
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
  private func isNotified() -> Bool { flag.wait(timeout: .now()) == .success }
}

/// The floor: what the kernel takes to wake a thread.
struct SemaphoreWake: Wake {
  static let name = "DispatchSemaphore, thread to thread"
  private let semaphore = DispatchSemaphore(value: 0)
  func notify() { semaphore.signal() }
  func wait() async { waitOnThread() }
  // Blocks the waiting task's thread on purpose: it is the floor that the others are measured against.
  private func waitOnThread() { semaphore.wait() }
}

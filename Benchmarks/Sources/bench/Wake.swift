import Dispatch
import Waiters

/// A way to wake a waiting task from a thread.
protocol Wake: Sendable {
  static var name: String { get }
  init()
  /// Called on a thread of its own.
  func notify()
  func wait() async
}

/// A mailbox of this package, with its deadline armed and its place in the table of waits.
struct MailboxWake: Wake {
  static let name = "Waiters.Mailbox"
  private let mailbox = Mailbox<Int>("bench")
  func notify() { mailbox.send(1) }
  func wait() async { _ = await mailbox.outcomeOfNext(within: .seconds(60)) }
}

/// The standard library's stream, without a deadline.
struct StreamWake: Wake {
  static let name = "AsyncStream (no deadline)"
  private let parts = AsyncStream.makeStream(of: Int.self)
  func notify() { parts.continuation.yield(1) }
  func wait() async { for await _ in parts.stream { return } }
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

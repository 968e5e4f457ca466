import Foundation
import Waiters

/// Tests that do not end, each in its way.
enum HangScenario {
  /// A wait with all the time in the world; it reacts to the cancellation.
  static func waits() async throws {
    let gate = Gate("commit")
    async let service: Void = gate.pass()
    try await gate.arrivals()
    _ = try await Mailbox<Int>("inbox").next(within: .seconds(3_600))
    try await service
  }

  /// A continuation that nobody resumes; no cancellation ends it.
  static func isStubborn() async {
    unsafe await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
  }

  /// Every thread of the cooperative pool waits for what only another task could do.
  static func blocksThePool() async {
    let never = DispatchSemaphore(value: 0)
    for _ in 0..<(2 * ProcessInfo.processInfo.activeProcessorCount) {
      Task.detached { wait(for: never) }
    }
    wait(for: never)
  }

  /// A thread that no cancellation reaches.
  static func blocksItsThread() {
    wait(for: DispatchSemaphore(value: 0))
  }

  private static func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }
}

import Foundation
import HarnessLock

/// One at a time: two tests that each held a part of the pool would wait for the rest for ever.
private let turn = DispatchSemaphore(value: 1)

/// Blocks every thread of the cooperative pool until `body`, which runs on a thread of its own, returns.
func withBlockedPool(_ body: @escaping @Sendable () -> Void) async {
  let arrived = DispatchSemaphore(value: 0)
  let release = DispatchSemaphore(value: 0)
  let width = ProcessInfo.processInfo.activeProcessorCount
  await withCheckedContinuation { continuation in
    BackgroundThread.start {
      turn.wait()
      for _ in 0..<width {
        Task.detached { block(arrived, release) }
      }
      for _ in 0..<width { arrived.wait() }
      body()
      for _ in 0..<width { release.signal() }
      turn.signal()
      continuation.resume()
    }
  }
}

/// A semaphore cannot be waited for in an asynchronous function, and rightly so: this is the fault itself.
private func block(_ arrived: DispatchSemaphore, _ release: DispatchSemaphore) {
  arrived.signal()
  release.wait()
}

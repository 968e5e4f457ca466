import Foundation
import HarnessLock

/// Blocks every thread of the cooperative pool until `body`, which runs on a thread of its own, returns.
func withBlockedPool(_ body: @escaping @Sendable () -> Void) async {
  let arrived = DispatchSemaphore(value: 0)
  let release = DispatchSemaphore(value: 0)
  let width = ProcessInfo.processInfo.activeProcessorCount
  await withCheckedContinuation { continuation in
    BackgroundThread.start {
      for _ in 0..<width {
        Task.detached { block(arrived, release) }
      }
      for _ in 0..<width { arrived.wait() }
      body()
      for _ in 0..<width { release.signal() }
      continuation.resume()
    }
  }
}

/// A semaphore cannot be waited for in an asynchronous function, and rightly so: this is the fault itself.
private func block(_ arrived: DispatchSemaphore, _ release: DispatchSemaphore) {
  arrived.signal()
  release.wait()
}

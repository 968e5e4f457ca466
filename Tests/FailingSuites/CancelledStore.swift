import HarnessLock
import Waiters

/// A store that takes a cancellation badly, at each point in another way.
struct CancelledStore: Sendable {
  struct Closed: Error {}

  let lab: CancellationLab

  func save() async throws {
    let pool = lab.balance("connection pool")
    try await lab.point("connect")
    pool.acquire()
    try await lab.point("begin")
    defer { pool.release() }
    lab.due("rollback")
    guard (try? await lab.point("insert")) != nil else { return }
    await lab.mark("flush")
    if Task.isCancelled { await waitForever() }
    do {
      try await lab.point("commit")
    } catch {
      lab.once("rollback")
      lab.once("rollback")
      let indexer = lab.begin("indexer")
      Task {
        await waitForever()
        indexer.end()
      }
      throw Closed()
    }
  }
}

/// Waits, cancelled or not.
func waitForever() async {
  await withCheckedContinuation { continuation in waiting.withLock { $0.append(continuation) } }
}

// Kept, so that nothing tells of continuations that were lost.
private let waiting = Lock<[CheckedContinuation<Void, Never>]>([])

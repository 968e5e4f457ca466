import Foundation
import HarnessLock
import Waiters

/// What fails in virtual time, as suites of both frameworks run it; expectations are the suites' own.
enum VirtualTimeScenario: String, CaseIterable {
  case deadlock, deadlockAcrossTasks, deadlockOfTasks, stalledOutside, stalledForGood
  case nested, threwUnderASeed, requiredUnderASeed, deadlockUnderASeed, nobodySleeps
  case hookReplaced

  func run() async throws {
    switch self {
    case .deadlock: try await deadlock()
    case .deadlockAcrossTasks: try await deadlockAcrossTasks()
    case .deadlockOfTasks: try await deadlockOfTasks()
    case .stalledOutside: try await stalledOutside()
    case .stalledForGood: try await stalledForGood()
    case .nested: try await nested()
    case .threwUnderASeed: try await threwUnderASeed()
    case .requiredUnderASeed: try await requiredUnderASeed()
    case .deadlockUnderASeed: try await deadlockUnderASeed()
    case .nobodySleeps: try await nobodySleeps()
    case .hookReplaced: try await hookReplaced()
    }
  }

  private func deadlock() async throws {
    try await withVirtualTime { clock in
      let replies = Mailbox<String>("replies")
      try await clock.sleep(for: .seconds(5))
      _ = try await replies.next()
    }
  }

  /// A service that is held at a gate which nobody opens, in a task of its own.
  private func deadlockAcrossTasks() async throws {
    try await withVirtualTime(seed: 7) { _ in
      let gate = Gate("before the commit")
      let replies = Mailbox<String>("replies")
      let service = Task {
        try await gate.pass()
        replies.send("stored")
      }
      try await withThrowingTaskGroup { group in
        group.addTask { _ = try await replies.next() }
        try await group.waitForAll()
      }
      try await service.value
    }
  }

  /// Two tasks that wait for each other.
  private func deadlockOfTasks() async throws {
    try await withVirtualTime { _ in
      let first = Signal<Task<Void, any Error>>("first")
      let second = Task {
        let other = try await first.value()
        try await other.value
      }
      let task = Task { try await second.value }
      first.send(task)
      try await task.value
    }
  }

  private func stalledOutside() async throws {
    try await withVirtualTime { _ in
      let replies = Mailbox<String>("replies")
      let (stream, continuation) = AsyncStream.makeStream(of: String.self)
      let reader = Task { for await reply in stream { replies.send(reply) } }
      defer { continuation.finish() }
      _ = try await replies.next()
      await reader.value
    }
  }

  /// A continuation that nobody resumes, and that no cancellation reaches.
  private func stalledForGood() async throws {
    try await withVirtualTime { _ in
      await withCheckedContinuation { continuation in
        Self.kept.withLock { $0.append(continuation) }
      }
    }
  }

  private static let kept = Lock<[CheckedContinuation<Void, Never>]>([])

  private func nested() async throws {
    try await withVirtualTime { _ in
      try await withVirtualTime { _ in }
    }
  }

  private struct Stale: Error, CustomStringConvertible {
    let version: Int
    var description: String { "the cache has version \(version)" }
  }

  private func threwUnderASeed() async throws {
    try await exploreInterleavings(seeds: 0..<1000) { _ in
      let cache = FailingCache()
      await cache.readWhileItIsInvalidated()
      if let version = await cache.version, version < 2 { throw Stale(version: version) }
    }
  }

  private func requiredUnderASeed() async throws {
    try await exploreInterleavings(seeds: 0..<10) { clock in
      let replies = Mailbox<Int>("replies")
      replies.close()
      if clock.seed == 4 { _ = try await replies.next() }
    }
  }

  private func deadlockUnderASeed() async throws {
    try await exploreInterleavings(seeds: 0..<10) { clock in
      if clock.seed == 4 { _ = try await Signal<Int>("port").value() }
    }
  }

  /// A library that empties a hook of the runtime, as one that had set it does when it is done.
  private func hookReplaced() async throws {
    try await withVirtualTime { _ in
      let hook = unsafe dlsym(dlopen(nil, RTLD_NOW), "swift_task_enqueueGlobal_hook")
      unsafe hook?.storeBytes(of: nil, as: UnsafeRawPointer?.self)
    }
  }

  private func nobodySleeps() async throws {
    let clock = ManualClock("retries")
    async let sleep: Void = clock.sleep(for: .seconds(2))
    try await clock.armed()
    defer { clock.advance(by: .seconds(2)) }
    try await clock.armed(2, within: .milliseconds(50))
    try await sleep
  }
}

/// A cache that looks, waits, and then keeps what it had seen: an invalidation between is lost.
///
/// In the order in which tasks come there is none between.
actor FailingCache {
  private(set) var version: Int?
  private var newest = 1

  nonisolated func readWhileItIsInvalidated() async {
    await withTaskGroup { group in
      group.addTask { await self.read() }
      group.addTask {
        // harness:allow(poll): others are to come between
        for _ in 0..<5 { await Task.yield() }
        await self.invalidate()
      }
    }
  }

  private func read() async {
    guard version == nil else { return }
    let seen = newest
    await Task.yield()
    version = seen
  }

  private func invalidate() {
    newest += 1
    version = nil
  }
}

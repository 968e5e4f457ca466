import Testing
import Waiters

/// The scenarios in Swift Testing.
@Suite struct VirtualTimeSuite {
  @Test func deadlock() async throws { try await VirtualTimeScenario.deadlock.run() }
  @Test func deadlockAcrossTasks() async throws {
    try await VirtualTimeScenario.deadlockAcrossTasks.run()
  }
  @Test func deadlockOfTasks() async throws { try await VirtualTimeScenario.deadlockOfTasks.run() }
  @Test func stalledOutside() async throws { try await VirtualTimeScenario.stalledOutside.run() }
  @Test func stalledForGood() async throws { try await VirtualTimeScenario.stalledForGood.run() }
  @Test func nested() async throws { try await VirtualTimeScenario.nested.run() }
  @Test func threwUnderASeed() async throws { try await VirtualTimeScenario.threwUnderASeed.run() }
  @Test func requiredUnderASeed() async throws {
    try await VirtualTimeScenario.requiredUnderASeed.run()
  }
  @Test func deadlockUnderASeed() async throws {
    try await VirtualTimeScenario.deadlockUnderASeed.run()
  }
  @Test func nobodySleeps() async throws { try await VirtualTimeScenario.nobodySleeps.run() }

  @Test func expectedUnderASeed() async throws {
    try await exploreInterleavings(seeds: 0..<1000) { _ in
      let cache = FailingCache()
      await cache.readWhileItIsInvalidated()
      #expect(await cache.version != 1)
    }
  }
}

/// What would disturb the others.
@Suite(.serialized) struct VirtualTimeHookSuite {
  @Test func hookReplaced() async throws { try await VirtualTimeScenario.hookReplaced.run() }

  @Test func anotherScope() async throws {
    try await withVirtualTime { _ in await Task {}.value }
  }
}

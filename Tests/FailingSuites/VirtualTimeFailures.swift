import Waiters
import XCTest

/// The scenarios in XCTest.
final class VirtualTimeFailures: XCTestCase {
  func testDeadlock() async throws { try await VirtualTimeScenario.deadlock.run() }
  func testDeadlockAcrossTasks() async throws {
    try await VirtualTimeScenario.deadlockAcrossTasks.run()
  }
  func testDeadlockOfTasks() async throws { try await VirtualTimeScenario.deadlockOfTasks.run() }
  func testStalledOutside() async throws { try await VirtualTimeScenario.stalledOutside.run() }
  func testStalledForGood() async throws { try await VirtualTimeScenario.stalledForGood.run() }
  func testNested() async throws { try await VirtualTimeScenario.nested.run() }
  func testThrewUnderASeed() async throws { try await VirtualTimeScenario.threwUnderASeed.run() }
  func testRequiredUnderASeed() async throws {
    try await VirtualTimeScenario.requiredUnderASeed.run()
  }
  func testDeadlockUnderASeed() async throws {
    try await VirtualTimeScenario.deadlockUnderASeed.run()
  }
  func testNobodySleeps() async throws { try await VirtualTimeScenario.nobodySleeps.run() }

  func testExpectedUnderASeed() async throws {
    try await exploreInterleavings(seeds: 0..<1000) { _ in
      let cache = FailingCache()
      await cache.readWhileItIsInvalidated()
      let version = await cache.version
      XCTAssertNotEqual(version, 1)
    }
  }

  func testHookReplaced() async throws { try await VirtualTimeScenario.hookReplaced.run() }

  static var allTests: [(String, (VirtualTimeFailures) -> () throws -> Void)] {
    [
      ("testDeadlock", asyncTest(testDeadlock)),
      ("testDeadlockAcrossTasks", asyncTest(testDeadlockAcrossTasks)),
      ("testDeadlockOfTasks", asyncTest(testDeadlockOfTasks)),
      ("testStalledOutside", asyncTest(testStalledOutside)),
      ("testStalledForGood", asyncTest(testStalledForGood)),
      ("testNested", asyncTest(testNested)),
      ("testThrewUnderASeed", asyncTest(testThrewUnderASeed)),
      ("testRequiredUnderASeed", asyncTest(testRequiredUnderASeed)),
      ("testDeadlockUnderASeed", asyncTest(testDeadlockUnderASeed)),
      ("testNobodySleeps", asyncTest(testNobodySleeps)),
      ("testExpectedUnderASeed", asyncTest(testExpectedUnderASeed)),
      ("testHookReplaced", asyncTest(testHookReplaced)),
    ]
  }
}

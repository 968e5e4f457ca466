import Waiters
import XCTest

/// The twins of the hang suites in XCTest.
final class HangFailures: XCTestCase {
  func testWaits() async throws {
    try await withHangLimit(.milliseconds(500)) { try await HangScenario.waits() }
  }

  static var allTests: [(String, (HangFailures) -> () throws -> Void)] {
    [("testWaits", asyncTest(testWaits))]
  }
}

final class StubbornHangFailures: XCTestCase {
  func testIsStubborn() async throws {
    try await withHangLimit(.seconds(1)) { await HangScenario.isStubborn() }
  }

  static var allTests: [(String, (StubbornHangFailures) -> () throws -> Void)] {
    [("testIsStubborn", asyncTest(testIsStubborn))]
  }
}

final class BlockingHangFailures: XCTestCase {
  func testBlocksItsThread() {
    withHangLimit(.milliseconds(500)) { HangScenario.blocksItsThread() }
  }

  func testBlocksThePool() async throws {
    try await withHangLimit(.seconds(2)) { await HangScenario.blocksThePool() }
  }

  static var allTests: [(String, (BlockingHangFailures) -> () throws -> Void)] {
    [
      ("testBlocksItsThread", testBlocksItsThread),
      ("testBlocksThePool", asyncTest(testBlocksThePool)),
    ]
  }
}

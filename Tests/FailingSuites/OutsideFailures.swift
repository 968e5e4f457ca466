import XCTest

/// The scenarios of the outside in XCTest.
final class OutsideFailures: XCTestCase {
  func testPolled() async throws { try await OutsideScenario.polled.run() }
  func testFile() async throws { try await OutsideScenario.file.run() }
  func testListener() async throws { try await OutsideScenario.listener.run() }
  func testNoAddress() async throws { try await OutsideScenario.noAddress.run() }
  func testProcessExit() async throws { try await OutsideScenario.processExit.run() }
  func testProcessLine() async throws { try await OutsideScenario.processLine.run() }
  func testProcessThatStays() async throws { try await OutsideScenario.processThatStays.run() }
  func testProcessNotStarted() async throws { try await OutsideScenario.processNotStarted.run() }
  func testCalledTwice() async throws { try await OutsideScenario.calledTwice.run() }
  func testNeverCalled() async throws { try await OutsideScenario.neverCalled.run() }
  func testHeldForEver() async throws { try await OutsideScenario.heldForEver.run() }
  func testBrokenSequence() async throws { try await OutsideScenario.brokenSequence.run() }

  static var allTests: [(String, (OutsideFailures) -> () throws -> Void)] {
    [
      ("testPolled", asyncTest(testPolled)),
      ("testFile", asyncTest(testFile)),
      ("testListener", asyncTest(testListener)),
      ("testNoAddress", asyncTest(testNoAddress)),
      ("testProcessExit", asyncTest(testProcessExit)),
      ("testProcessLine", asyncTest(testProcessLine)),
      ("testProcessThatStays", asyncTest(testProcessThatStays)),
      ("testProcessNotStarted", asyncTest(testProcessNotStarted)),
      ("testCalledTwice", asyncTest(testCalledTwice)),
      ("testNeverCalled", asyncTest(testNeverCalled)),
      ("testHeldForEver", asyncTest(testHeldForEver)),
      ("testBrokenSequence", asyncTest(testBrokenSequence)),
    ]
  }
}

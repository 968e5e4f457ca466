import XCTest

/// The scenarios in XCTest.
final class VerdictFailures: XCTestCase {
  func testNothingSent() async throws { try await VerdictScenario.nothingSent.run() }
  func testNoneMatched() async throws { try await VerdictScenario.noneMatched.run() }
  func testStarved() async throws { try await VerdictScenario.starved.run() }
  func testPartOfALatch() async throws { try await VerdictScenario.partOfALatch.run() }
  func testPartOfABarrier() async throws { try await VerdictScenario.partOfABarrier.run() }
  func testStateNeverMatched() async throws { try await VerdictScenario.stateNeverMatched.run() }
  func testStateDidNotHold() async throws { try await VerdictScenario.stateDidNotHold.run() }
  func testSomethingSentBeforeTheFence() async throws {
    try await VerdictScenario.somethingSentBeforeTheFence.run()
  }
  func testTooFewBeforeTheFence() async throws {
    try await VerdictScenario.tooFewBeforeTheFence.run()
  }
  func testLateArrival() async throws { try await VerdictScenario.lateArrival.run() }

  static var allTests: [(String, (VerdictFailures) -> () throws -> Void)] {
    [
      ("testNothingSent", asyncTest(testNothingSent)),
      ("testNoneMatched", asyncTest(testNoneMatched)),
      ("testStarved", asyncTest(testStarved)),
      ("testPartOfALatch", asyncTest(testPartOfALatch)),
      ("testPartOfABarrier", asyncTest(testPartOfABarrier)),
      ("testStateNeverMatched", asyncTest(testStateNeverMatched)),
      ("testStateDidNotHold", asyncTest(testStateDidNotHold)),
      ("testSomethingSentBeforeTheFence", asyncTest(testSomethingSentBeforeTheFence)),
      ("testTooFewBeforeTheFence", asyncTest(testTooFewBeforeTheFence)),
      ("testLateArrival", asyncTest(testLateArrival)),
    ]
  }
}

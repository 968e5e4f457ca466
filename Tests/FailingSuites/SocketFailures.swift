import XCTest

/// The twin of `SocketSuite` in XCTest.
final class SocketFailures: XCTestCase {
  func testMissedMessage() async throws { try await SocketScenarios.missedMessage() }
  func testBrokenFlow() async throws { try await SocketScenarios.brokenFlow() }
  func testFromAnotherTask() async throws { try await SocketScenarios.fromAnotherTask() }
  func testScriptOfAServer() async throws { try await SocketScenarios.scriptOfAServer() }

  static var allTests: [(String, (SocketFailures) -> () throws -> Void)] {
    [
      ("testMissedMessage", asyncTest(testMissedMessage)),
      ("testBrokenFlow", asyncTest(testBrokenFlow)),
      ("testFromAnotherTask", asyncTest(testFromAnotherTask)),
      ("testScriptOfAServer", asyncTest(testScriptOfAServer)),
    ]
  }
}

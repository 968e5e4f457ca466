import Waiters
import XCTest

/// What leaves nothing behind passes, in each form that an XCTest suite has.
final class PollutionXCTests: XCTestCase {
  override func invokeTest() {
    expectNothingLeftBehind { super.invokeTest() }
  }

  func testGivesWhatItsBodyGives() async throws {
    let sum = expectNothingLeftBehind(.environment, .workingDirectory) { 1 + 1 }
    let text = try await expectNothingLeftBehind {
      try await withProcess("echo", ["hello"]) { process in
        try await process.lines.next().text
      }
    }
    XCTAssertEqual("\(text) \(sum)", "hello 2")
  }

  func testThrowsWhatItsBodyThrows() {
    struct Broken: Error {}
    XCTAssertThrowsError(try expectNothingLeftBehind { throw Broken() }) { error in
      XCTAssert(error is Broken)
    }
  }
}

import Foundation
import Waiters
import XCTest

/// The twin of `PollutionSuite` in XCTest.
final class PollutionFailures: XCTestCase {
  func testDescriptors() {
    expectNothingLeftBehind(.descriptors) {
      leave.pipe()
      leave.listener()
    }
  }

  func testThread() async {
    await expectNothingLeftBehind(.threads) {
      leave.thread()
      await Task.yield()
    }
  }

  func testFile() throws {
    try expectNothingLeftBehind(.temporaryFiles) {
      let path = NSTemporaryDirectory() + "/left-behind-by-xctest.txt"
      try "text".write(toFile: path, atomically: false, encoding: .utf8)
    }
  }

  static var allTests: [(String, (PollutionFailures) -> () throws -> Void)] {
    [
      ("testDescriptors", { $0.testDescriptors }),
      ("testThread", asyncTest(testThread)),
      ("testFile", { $0.testFile }),
    ]
  }
}

/// A class whose tests are all checked.
final class CheckedClassFailures: XCTestCase {
  override func invokeTest() {
    expectNothingLeftBehind { super.invokeTest() }
  }

  func testVariable() {
    _ = unsafe setenv("CHECKED_CLASS", "secret", 1)
  }

  static var allTests: [(String, (CheckedClassFailures) -> () throws -> Void)] {
    [("testVariable", { $0.testVariable })]
  }
}

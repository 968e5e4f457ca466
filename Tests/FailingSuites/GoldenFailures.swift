import GoldenFiles
import XCTest

/// The twin of `GoldenSuite` in XCTest.
final class GoldenFailures: XCTestCase {
  func testMissing() throws {
    // The golden file of this test must never be made.
    try expectGolden("text")
  }

  func testDifferent() throws {
    try expectGolden(["rows": [["code": "BBIB"], ["code": "BBOB"]]] as JSONValue, named: "failing")
  }

  func testShared() throws {
    try expectGolden("same", named: "same")
    try expectGolden("same", named: "same")
  }

  static var allTests: [(String, (GoldenFailures) -> () throws -> Void)] {
    [
      ("testMissing", { $0.testMissing }), ("testDifferent", { $0.testDifferent }),
      ("testShared", { $0.testShared }),
    ]
  }
}

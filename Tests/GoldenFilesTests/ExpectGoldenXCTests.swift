import GoldenFiles
import XCTest

/// The verbs of this module under the other framework.
final class ExpectGoldenXCTests: XCTestCase {
  func testPassesWhenNothingDiffers() throws {
    try expectGolden("a\nb\n")
    try expectGolden(["a": 1] as JSONValue, named: "xctest")
  }
}

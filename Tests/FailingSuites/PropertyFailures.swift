import Fixtures
import XCTest

/// The twin of `PropertySuite` in XCTest.
final class PropertyFailures: XCTestCase {
  static var allTests: [(String, (PropertyFailures) -> () throws -> Void)] {
    [("testWords", { $0.testWords })]
  }
}

extension PropertyFailures {
  func testWords() throws {
    // The line below is the one that the failure must be shown at.
    try forAll(.words(count: 0...9), runs: 50, seed: 1) { text in
      let words = text.split(separator: " ").count
      if words > 1 { throw TooLong(words: words) }
      return true
    }
  }
}

import Fixtures
import XCTest

/// The twin of `PropertySuite` in XCTest.
final class PropertyFailures: XCTestCase {
  static var allTests: [(String, (PropertyFailures) -> () throws -> Void)] {
    [("testWords", { $0.testWords }), ("testLong", { $0.testLong })]
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

  func testLong() throws {
    try forAll(Generator.int(in: 1000...2000).array(count: 200...200), runs: 5, seed: 1) { _ in
      false
    }
  }
}

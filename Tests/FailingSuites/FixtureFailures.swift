import Fixtures
import XCTest

/// The twin of `FixtureSuite` in XCTest.
final class FixtureFailures: XCTestCase {
  static var allTests: [(String, (FixtureFailures) -> () throws -> Void)] {
    [("testMissing", { $0.testMissing })]
  }
}

extension FixtureFailures {
  func testMissing() throws {
    _ = try Fixture.workbook("isx/june.xlsx")
  }
}

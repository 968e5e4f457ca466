import Fixtures
import XCTest

/// The twin of `FixtureSuite` in XCTest.
final class FixtureFailures: XCTestCase {
  static var allTests: [(String, (FixtureFailures) -> () throws -> Void)] {
    [
      ("testMissing", { $0.testMissing }), ("testViewOfFile", { $0.testViewOfFile }),
      ("testBytesOfFolder", { $0.testBytesOfFolder }),
    ]
  }
}

extension FixtureFailures {
  func testMissing() throws {
    _ = try Fixture.workbook("isx/june.xlsx")
  }

  func testViewOfFile() throws {
    try withFixtureView(of: "isx/README.md") { _ in }
  }

  func testBytesOfFolder() throws {
    _ = try Fixture.bytes("isx")
  }
}

import Fixtures
import GoldenFiles
import XCTest

/// The twin of `WorkbookSuite` in XCTest.
final class WorkbookFailures: XCTestCase {
  static var allTests: [(String, (WorkbookFailures) -> () throws -> Void)] {
    [
      ("testRows", { $0.testRows }), ("testThrown", { $0.testThrown }),
      ("testColumns", { $0.testColumns }),
      ("testHeader", { $0.testHeader }), ("testDamage", { $0.testDamage }),
      ("testGolden", { $0.testGolden }), ("testExhausted", { $0.testExhausted }),
      ("testTooFew", { $0.testTooFew }), ("testForAllAsync", asyncTest(testForAllAsync)),
    ]
  }
}

extension WorkbookFailures {
  func testRows() throws {
    _ = try Fixture.rows(
      WorkbookScenarios.Listing.self, from: "isx/2025 06 24 ISX Daily Report.xlsx",
      header: .search(["Code", "Closing Price"]))
  }

  func testThrown() throws {
    try WorkbookScenarios.readRows()
  }

  func testColumns() throws {
    try WorkbookScenarios.readColumns()
  }

  func testHeader() throws {
    try WorkbookScenarios.findHeader()
  }

  func testDamage() throws {
    try WorkbookScenarios.readDamage()
  }

  func testGolden() throws {
    try expectGolden(WorkbookScenarios.prices(close: 1.5), as: .workbook, named: "prices")
  }

  func testExhausted() throws {
    _ = try WorkbookScenarios.impossible.value(seed: 7)
  }

  func testTooFew() throws {
    try forAll(WorkbookScenarios.impossible, runs: 5, seed: 1) { $0 > 0 }
  }

  func testForAllAsync() async throws {
    try await forAll(.int(in: 0...1000), seed: 1) { number in
      await Task.yield()
      return number < 100
    }
  }
}

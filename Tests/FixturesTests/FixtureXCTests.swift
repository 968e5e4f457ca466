import Fixtures
import XCTest

final class FixtureXCTests: XCTestCase {
  func testAFixtureIsFoundAndOpened() throws {
    let sheet = try Fixture.workbook("isx/2025 06 23 ISX Daily Report.xlsx").sheet("Bulletin")
    XCTAssertEqual(try sheet["B6"].text, " BBOB")
  }

  func testAReportIsGenerated() throws {
    let report = DailyReport(seed: 7, companies: 9, sectors: 3, date: SheetDate("2025-06-24")!)
    XCTAssertEqual(report.sectors.map(\.listings.count), [3, 3, 3])
  }
}

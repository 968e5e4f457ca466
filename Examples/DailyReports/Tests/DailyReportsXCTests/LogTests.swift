import DailyReportsTestSupport
import TestHarness
import XCTest

final class LogTests: XCTestCase {
  func testTheLogTellsAnOperationFromItsUploadToItsReport() async throws {
    try XCTSkipUnless(ServiceUnderTest.chosen.showsLogs)
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june24.workbook)
      let other = try await http.upload(SampleBulletin.june23.workbook)
      let progress = try await http.follow(operation)
      let report = try XCTUnwrap(progress.last?.reportId)
      _ = try await http.follow(other)

      let records = service.logs.records(of: operation)
      XCTAssertEqual(
        records.map(\.message),
        [
          "upload accepted", "stage entered", "stage entered", "stage entered", "report stored",
        ])
      XCTAssertEqual(
        records.compactMap { $0.metadata["stage"] },
        ["validation", "transformation", "storage"])
      XCTAssertEqual(records.last?.metadata["report"], report)
    }
  }
}

import DailyReportsTestSupport
import TestHarness
import XCTest

/// The journey of the Swift Testing suite, as XCTest writes it.
final class ReportJourneyTests: XCTestCase {
  func testAnUploadedWorkbookBecomesAReport() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)

      let accepted = try await http.post(
        "/api/v1/upload", .multipart { FilePart("file", SampleBulletin.june24.workbook) })
      try accepted.expect(status: .accepted)
      let operation = try accepted.expectHeader("X-Operation-ID")
      try accepted.expectHeader("Location", "/ws/operations/\(operation)")

      let progress = try await WSDriver(http).connect("/ws/operations/\(operation)") { socket in
        try await socket.collect(Progress.self, until: \.isTerminal, within: .seconds(5))
      }
      XCTAssertEqual(progress.stages, [.validation, .transformation, .storage])
      XCTAssertEqual(progress.sequence, [1, 2, 3, 4])
      let report = try XCTUnwrap(progress.last?.reportId)

      try await http.get("/api/v1/reports/\(report)")
        .expect(status: .ok)
        .expectGolden(named: "report of 24 June", rules: [.uuid("/id"), .timestamp("/createdAt")])

      try await http.delete("/api/v1/reports/\(report)").expect(status: .noContent)
      try await http.get("/api/v1/reports/\(report)")
        .expectProblem(status: .notFound, type: "https://example.com/problems/unknown-report")
    }
  }

  func testAReportSaysWhatTheWorkbookWasWrittenFrom() async throws {
    for sample in SampleBulletin.allCases {
      try await withDailyReports { service in
        let report = try await HTTPDriver(service.address).importReport(sample.workbook)
        let expected = try ExpectedBulletin(of: sample)

        XCTAssertEqual(report.date, expected.date)
        XCTAssertEqual(report.fileName, sample.fileName)
        XCTAssertEqual(report.sectors.map(\.name), expected.sectors.map(\.sector))
        XCTAssertEqual(report.sectors.map(\.rows), expected.sectors.map(\.reportRows))
      }
    }
  }

  func testItsTotalsAreTheSumsOfItsRows() async throws {
    for sample in SampleBulletin.allCases {
      try await withDailyReports { service in
        let report = try await HTTPDriver(service.address).importReport(sample.workbook)
        let expected = try ExpectedBulletin(of: sample)

        XCTAssertEqual(
          report.sectors.map(\.total.sums), expected.sectors.map(\.reportRows.sums))
        XCTAssertEqual(report.total.sums, expected.rows.sums)
      }
    }
  }

  func testItsGainersAndLosersAreThoseOfTheBulletin() async throws {
    for sample in SampleBulletin.allCases {
      try await withDailyReports { service in
        let report = try await HTTPDriver(service.address).importReport(sample.workbook)
        let expected = try ExpectedBulletin(of: sample)

        XCTAssertEqual(report.gainers.map(\.changePercent), expected.rows.largestRises)
        XCTAssertEqual(report.losers.map(\.changePercent), expected.rows.largestFalls)
      }
    }
  }
}

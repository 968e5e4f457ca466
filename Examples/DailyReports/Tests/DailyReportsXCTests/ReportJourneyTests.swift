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
      try await http.delete("/api/v1/reports/\(report)")
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
        XCTAssertTrue(report.total.isAverageOfItsSums)
        XCTAssertEqual(report.sectors.filter { !$0.total.isAverageOfItsSums }.map(\.name), [])
      }
    }
  }

  func testAReportAddsUpWhateverTheBulletin() async throws {
    for layout in DailyReportWorkbook.Layout.allCases {
      for seed in UInt64(1)...5 {
        try await withDailyReports { service in
          let date = try XCTUnwrap(SheetDate("2025-06-25"))
          let bulletin = DailyReport(seed: seed, companies: 60, date: date)
          let workbook = try bulletin.workbook(layout: layout)
          let report = try await HTTPDriver(service.address).importReport(.bytes(workbook.bytes))

          XCTAssertEqual(
            report.sectors.map(\.total.sums), bulletin.sectors.map { Sums($0.totals) },
            "\(layout), seed \(seed)")
          XCTAssertEqual(report.total.sums, Sums(bulletin.totals), "\(layout), seed \(seed)")
        }
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

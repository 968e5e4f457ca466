import DailyReportsTestSupport
import TestHarness
import Testing

@Suite struct `The report journey` {
  @Test func `an uploaded workbook becomes a report`() async throws {
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
      #expect(progress.stages == [.validation, .transformation, .storage])
      #expect(progress.sequence == [1, 2, 3, 4])
      let report = try #require(progress.last?.reportId)

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

  @Test(arguments: SampleBulletin.allCases)
  func `a report says what the workbook was written from`(sample: SampleBulletin) async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let report = try await http.importReport(sample.workbook)
      let expected = try ExpectedBulletin(of: sample)

      #expect(report.date == expected.date)
      #expect(report.fileName == sample.fileName)
      #expect(report.sectors.map(\.name) == expected.sectors.map(\.sector))
      #expect(report.sectors.map(\.rows) == expected.sectors.map(\.reportRows))
    }
  }

  @Test(arguments: SampleBulletin.allCases)
  func `its totals are the sums of its rows`(sample: SampleBulletin) async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let report = try await http.importReport(sample.workbook)
      let expected = try ExpectedBulletin(of: sample)

      #expect(report.sectors.map(\.total.sums) == expected.sectors.map(\.reportRows.sums))
      #expect(report.total.sums == expected.rows.sums)
      #expect(report.total.isAverageOfItsSums)
      #expect(report.sectors.filter { !$0.total.isAverageOfItsSums }.map(\.name) == [])
    }
  }

  @Test(arguments: SampleBulletin.allCases)
  func `its gainers and losers are those of the bulletin`(sample: SampleBulletin) async throws {
    try await withDailyReports { service in
      let report = try await HTTPDriver(service.address).importReport(sample.workbook)
      let expected = try ExpectedBulletin(of: sample)

      #expect(report.gainers.map(\.changePercent) == expected.rows.largestRises)
      #expect(report.losers.map(\.changePercent) == expected.rows.largestFalls)
    }
  }

  @Test(arguments: DailyReportWorkbook.Layout.allCases, 1...5)
  func `a report adds up, whatever the bulletin`(
    layout: DailyReportWorkbook.Layout, seed: UInt64
  ) async throws {
    try await withDailyReports { service in
      let bulletin = DailyReport(seed: seed, companies: 60, date: SheetDate("2025-06-25")!)
      let workbook = try bulletin.workbook(layout: layout)
      let report = try await HTTPDriver(service.address).importReport(.bytes(workbook.bytes))

      #expect(report.sectors.map(\.total.sums) == bulletin.sectors.map { Sums($0.totals) })
      #expect(report.total.sums == Sums(bulletin.totals))
    }
  }
}

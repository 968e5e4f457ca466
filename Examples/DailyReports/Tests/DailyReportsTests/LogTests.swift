import DailyReportsTestSupport
import TestHarness
import Testing

@Suite struct `The log` {
  @Test(.enabled(if: ServiceUnderTest.chosen.showsLogs))
  func `tells an operation from its upload to its report`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(SampleBulletin.june24.workbook)
      let other = try await http.upload(SampleBulletin.june23.workbook)
      let report = try #require(try await http.follow(operation).last?.reportId)
      _ = try await http.follow(other)

      let records = service.logs.records(of: operation)
      #expect(
        records.map(\.message) == [
          "upload accepted", "stage entered", "stage entered", "stage entered", "report stored",
        ])
      #expect(
        records.compactMap { $0.metadata["stage"] } == [
          "validation", "transformation", "storage",
        ])
      #expect(records.last?.metadata["report"] == report)
    }
  }
}

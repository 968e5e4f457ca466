import DailyReportsTestSupport
import TestHarness
import Testing

@Suite struct `The story of a journey` {
  /// What the harness's demo shows; the times are those of this run.
  @Test func `is told with its steps and totals`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let sample = SampleBulletin.june24
      var story = Story()

      let operation = try await story.step("uploaded", { _ in sample.fileName }) {
        try await http.upload(sample.workbook)
      }
      let progress = try await story.step("followed", \.story) { try await http.follow(operation) }
      let report = try await story.step("fetched", \.story) { try await http.report(of: progress) }
      let unknown = "/api/v1/reports/unknown"
      _ = try await story.step("asked for", { _ in "\(unknown): 404, a problem document" }) {
        try await http.get(unknown).expectProblem(
          status: .notFound, type: "https://example.com/problems/unknown-report")
      }

      let expected = try ExpectedBulletin(of: sample)
      #expect(report.total.sums == expected.rows.sums)
      story.tell("totals", report.total.story)
      story.tell("checked", "the sums of \(expected.rows.count) rows that our reader did not read")
      try story.write()
    }
  }
}

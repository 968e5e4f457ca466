import DailyReportsTestSupport
import TestHarness
import Testing

@Suite struct `Uploads` {
  @Test func `of the same workbook make a report each`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let first = try await http.importReport(SampleBulletin.june22.workbook)
      let second = try await http.importReport(SampleBulletin.june22.workbook)
      #expect(first.id != second.id)

      let list = try await http.get("/api/v1/reports").expect(status: .ok).json(ReportList.self)
      #expect(list.reports.map(\.id) == [second.id, first.id])
    }
  }

  @Test func `may have as much as the limit`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(.bytes([UInt8](repeating: 0, count: 10 * 1024 * 1024)))
      let end = try await http.follow(operation).last
      #expect(end?.problem?.type == "https://example.com/problems/not-a-workbook")
    }
  }

  @Test func `may hold counts whose sum no integer holds`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(.bytes(try hugeBulletin()))
      let report = try #require(try await http.follow(operation).last?.reportId)
      try await http.get("/api/v1/reports/\(report)")
        .expect(status: .ok)
        .expectJSON("/total/volume", equals: try JSONValue(parsing: "18446744073709551614"))
    }
  }

  @Test(.enabled(if: ServiceUnderTest.chosen.showsLogs))
  func `that break off leave nothing behind`() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let half = Gate("half of the upload")
      let form = HTTPBody.multipart { FilePart("file", SampleBulletin.june22.workbook) }
      let upload = Task {
        try await http.post("/api/v1/upload", form.paused(at: half, afterBytes: 6_000))
      }
      try await half.arrivals()
      upload.cancel()
      await #expect(throws: CancellationError.self) { try await upload.value }

      _ = try await service.logs.records.first { $0 == "upload aborted" }
      #expect(service.uploadedFiles().isEmpty)
      #expect(service.logs.operations.isEmpty)
      let list = try await http.get("/api/v1/reports").expect(status: .ok).json(ReportList.self)
      #expect(list.reports.isEmpty)
    }
  }

  @Test(arguments: try RefusedWorkbook.all)
  func `are refused with the reason`(workbook: RefusedWorkbook) async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(workbook.content)
      let progress = try await http.follow(operation)
      #expect(progress.last?.status == .failed)
      #expect(progress.last?.problem?.type == workbook.type)
      #expect(progress.last?.problem?.errors?.map(\.pointer) ?? [] == workbook.pointers)

      let list = try await http.get("/api/v1/reports").expect(status: .ok).json(ReportList.self)
      #expect(list.reports.isEmpty)
      #expect(service.uploadedFiles().isEmpty)
    }
  }
}

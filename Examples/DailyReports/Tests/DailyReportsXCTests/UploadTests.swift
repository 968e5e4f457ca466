import DailyReportsTestSupport
import TestHarness
import XCTest

final class UploadTests: XCTestCase {
  func testTheSameWorkbookTwiceMakesTwoReports() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let first = try await http.importReport(SampleBulletin.june22.workbook)
      let second = try await http.importReport(SampleBulletin.june22.workbook)
      XCTAssertNotEqual(first.id, second.id)

      let list = try await http.get("/api/v1/reports").expect(status: .ok).json(ReportList.self)
      XCTAssertEqual(list.reports.map(\.id), [second.id, first.id])
    }
  }

  func testAnUploadMayHaveAsMuchAsTheLimit() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(.bytes([UInt8](repeating: 0, count: 10 * 1024 * 1024)))
      let end = try await http.follow(operation).last
      XCTAssertEqual(end?.problem?.type, "https://example.com/problems/not-a-workbook")
    }
  }

  func testAnUploadMayHoldCountsWhoseSumNoIntegerHolds() async throws {
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let operation = try await http.upload(.bytes(try hugeBulletin()))
      let progress = try await http.follow(operation)
      let report = try XCTUnwrap(progress.last?.reportId)
      try await http.get("/api/v1/reports/\(report)")
        .expect(status: .ok)
        .expectJSON("/total/volume", equals: try JSONValue(parsing: "18446744073709551614"))
    }
  }

  func testAnUploadThatBreaksOffLeavesNothingBehind() async throws {
    try XCTSkipUnless(ServiceUnderTest.chosen.showsLogs)
    try await withDailyReports { service in
      let http = HTTPDriver(service.address)
      let half = Gate("half of the upload")
      let form = HTTPBody.multipart { FilePart("file", SampleBulletin.june22.workbook) }
      let upload = Task {
        try await http.post("/api/v1/upload", form.paused(at: half, afterBytes: 6_000))
      }
      try await half.arrivals()
      upload.cancel()
      switch await upload.result {
      case .success: XCTFail("the upload was not cancelled")
      case .failure(let error): XCTAssertTrue(error is CancellationError, "\(error)")
      }

      _ = try await service.logs.records.first { $0 == "upload aborted" }
      XCTAssertEqual(service.uploadedFiles(), [])
      XCTAssertEqual(service.logs.operations, [])
      let list = try await http.get("/api/v1/reports").expect(status: .ok).json(ReportList.self)
      XCTAssertEqual(list.reports.count, 0)
    }
  }

  func testRefusedWorkbooksAreRefusedWithTheReason() async throws {
    for workbook in try RefusedWorkbook.all {
      try await withDailyReports { service in
        let http = HTTPDriver(service.address)
        let operation = try await http.upload(workbook.content)
        let end = try await http.follow(operation).last
        XCTAssertEqual(end?.status, .failed, "\(workbook)")
        XCTAssertEqual(end?.problem?.type, workbook.type, "\(workbook)")
        XCTAssertEqual(
          end?.problem?.errors?.map(\.pointer) ?? [], workbook.pointers, "\(workbook)")

        let list = try await http.get("/api/v1/reports").expect(status: .ok).json(ReportList.self)
        XCTAssertEqual(list.reports.count, 0, "\(workbook)")
        XCTAssertEqual(service.uploadedFiles(), [], "\(workbook)")
      }
    }
  }
}

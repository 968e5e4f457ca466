import DailyReportsTestSupport
import Foundation
import TestHarness
import XCTest

final class StopTests: XCTestCase {
  func testTheExecutableStopsCleanlyOnSIGTERMAndKeepsItsReports() async throws {
    let manager = FileManager.default
    let directory = manager.temporaryDirectory.appending(path: "suite-\(UUID())")
    try manager.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: directory) }

    var kept: String?
    try await withExecutable(in: directory) { process in
      kept = try await HTTPDriver(process.address).importReport(SampleBulletin.june24.workbook).id
      await process.stop()
      // Its folder for uploads is gone: it ended by itself, and was not ended.
      XCTAssertEqual(try manager.contentsOfDirectory(atPath: directory.path), ["reports.sqlite"])
    }

    let report = try XCTUnwrap(kept)
    try await withExecutable(in: directory) { process in
      let again = try await HTTPDriver(process.address).get("/api/v1/reports/\(report)")
        .expect(status: .ok).json(ReportDocument.self)
      let expected = try ExpectedBulletin(of: .june24)
      XCTAssertEqual(again.sectors.map(\.rows), expected.sectors.map(\.reportRows))
    }
  }
}

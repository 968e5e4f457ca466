import HTTPDriver
import XCTest

final class ReportTests: XCTestCase {
  func testAReportHasATitle() async throws {
    let http = HTTPDriver(.handler { _, _ in HTTPReply(.ok, .json(["title": "Daily report"])) })
    try await http.get("/reports/7").expectJSON("/title", equals: "Daily report")
  }
}

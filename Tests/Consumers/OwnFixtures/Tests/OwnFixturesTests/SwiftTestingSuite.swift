import Fixtures
import TestHarness
import Testing

@Suite struct `A project with fixtures of its own` {
  @Test func `keeps its module, and has the harness beside it`() async throws {
    let http = HTTPDriver(
      .handler { _, body in
        let item = String(decoding: try await body.bytes(), as: UTF8.self)
        return HTTPReply(.created, .json(["item": .string(item)]))
      })
    try await http.post("/orders", .text(Order().item)).expectJSON("/item", equals: "tea")
  }

  @Test func `reaches the harness's fixtures too`() throws {
    let report = DailyReport(seed: 7, date: try #require(SheetDate(year: 2025, month: 6, day: 24)))
    let sheets = try Workbook(bytes: report.workbook().bytes, name: "report.xlsx").sheets
    #expect(!sheets.isEmpty)
  }
}

import Fixtures
import Foundation
import HarnessJSON
import Testing

/// What the articles of Fixtures show, as it stands there, so that it compiles and holds.
@Suite struct `The articles on fixtures` {
  struct Order: Equatable {
    var customer: String
    var symbol: String
    var price: Decimal
    var count: Int
  }

  private actor Store {
    private(set) var sum = 0

    func add(_ number: Int) throws { sum += number }
  }

  private func importReport(_ bytes: [UInt8]) throws -> [DailyReport.Listing] {
    let sheet = try Workbook(bytes: bytes).sheet(at: 0)
    let rows = try sheet.decode(
      DailyReport.Listing.self, header: .search(["Code", "Closing Price"])
    ) { row in
      if row["Company Name"]?.text?.contains("Total") == true { return .skip }
      return row.onlyText == nil ? .data : .skip
    }
    return Array(rows)
  }

  private func importFolder(_ path: String) throws {
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
  }

  @Test func `find files`() throws {
    let report = try Fixture.workbook("isx/2025 06 24 ISX Daily Report.xlsx")
    let table = try Fixture.csv("problems/sources.csv")
    let shapes = try Fixture.jsonLines("tables/lines.jsonl")
    #expect(report.sheets.count == 3)
    #expect(table.records.count == 10)
    #expect(shapes.count == 3)

    let bundle = Bundle.main
    let bundled = try Fixture.json("problems/shapes/about-blank-other-title.json", in: bundle)
    #expect(bundled["status"] == 400)

    let bulletin = try Fixture.rows(
      DailyReport.Listing.self, from: "isx/2025 06 24 ISX Daily Report.xlsx",
      header: .search(["Code", "Closing Price"])
    ) { row in
      if row["Company Name"]?.text?.contains("Total") == true { return .skip }
      if let title = row.onlyText { return .section(title) }
      return .data
    }
    #expect(bulletin.sections.count == 7)

    try withFixtureView(of: "isx") { view in
      let path = try view.path(changing: "expected.json")
      try Data("{}".utf8).write(to: URL(filePath: path))
      try view.remove("README.md")
      try importFolder(view.complete())
    }
  }

  @Test func `generate data`() throws {
    let order = Generator { choices in
      Order(
        customer: choices.draw(.personName), symbol: choices.draw(.symbol),
        price: choices.draw(.price(from: 10, to: 3000, tick: 5)),
        count: choices.draw(.heavyTailed(upTo: 100_000)))
    }
    let orders = try order.array(count: 20...20).value(seed: 7)
    #expect(try orders == order.array(count: 20...20).value(seed: 7))

    let customer = Generator { choices in
      choices.labelled("code") { $0.draw(.symbol) }
    }
    #expect(try customer.value(seed: 7).count == 4)

    let report = DailyReport(seed: 7, companies: 40, sectors: 7, date: SheetDate("2025-06-24")!)
    let made = try report.workbook(layout: .text)
    #expect(try importReport(made.bytes) == report.listings)

    let broken = try report.workbook(defects: [.badCells(3), .lateHeader(2)])
    let error = #expect(throws: WorkbookError.self) { try importReport(broken.bytes) }
    #expect(error?.cells.map(\.reference) == broken.badCells)
  }

  @Test func `test properties`() async throws {
    let reports = DailyReport.generator(
      dates: .date(from: SheetDate("2025-01-01")!, to: SheetDate("2025-12-31")!))
    try forAll(reports, runs: 20) { report in
      let file = try report.workbook()
      return try importReport(file.bytes) == report.listings
    }
    try forAll(.words(count: 0...9), seed: 1) { text in
      text.split(separator: " ").count < 10
    }
    let store = Store()
    try await forAll(.int(in: 0...9), runs: 10) { number in
      try await store.add(number)
      return await store.sum >= number
    }
  }

  @Test(arguments: ["FindingFixtures", "GeneratingData", "TestingProperties"])
  func `show what is compiled here`(article: String) throws {
    let root = URL(filePath: "\(#filePath)").deletingLastPathComponent()
    let path = root.appending(path: "../../Sources/Fixtures/Fixtures.docc/\(article).md")
    let text = try String(contentsOf: path, encoding: .utf8)
    let source = lines(try String(contentsOf: URL(filePath: "\(#filePath)"), encoding: .utf8))
    let blocks = text.components(separatedBy: "```swift\n").dropFirst().map {
      lines($0.components(separatedBy: "\n```").first ?? "")
    }
    for block in blocks {
      let isCompiled = source.indices.contains { source[$0...].starts(with: block) }
      #expect(isCompiled, "\(article) shows what is not compiled here: \(block)")
    }
  }

  /// The lines of a text, blank ones and indents apart.
  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}

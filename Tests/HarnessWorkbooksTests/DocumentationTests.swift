import Foundation
import HarnessWorkbooks
import Testing

/// What the articles of HarnessWorkbooks show, as it stands there, so that it compiles and holds.
@Suite struct `The articles on workbooks` {
  struct Price: Decodable, Equatable {
    var code: String
    var close: Decimal
    var trades: Int?

    enum CodingKeys: String, CodingKey {
      case code = "Code"
      case close = "Closing Price"
      case trades = "Trades"
    }
  }

  struct Trade {
    var code = ""
    var close = Decimal()
    var trades: Int?
  }

  /// Writes a workbook to a file, hands its path over, and removes it.
  private func withFile(
    _ rows: [[CellContent]], sheet name: String = "Prices", table: CellRange? = nil,
    merges: [CellRange] = [], _ body: (String) throws -> Void
  ) throws {
    var writer = WorkbookWriter()
    try writer.addSheet(name) { sheet in
      for row in rows { try sheet.append(row) }
      if let table { try sheet.addTable("Listed", table) }
      for merge in merges { try sheet.merge(merge) }
    }
    let path = FileManager.default.temporaryDirectory.appending(
      path: "harness-\(UUID().uuidString).xlsx"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try writer.write(to: path)
    try body(path)
  }

  private static let rows: [[CellContent]] = [
    ["Code", "Closing Price", "Trades"], ["BBOB", 1.45, 349], ["TASC", "1,007.250", .empty],
  ]
  private static let prices = [
    Price(code: "BBOB", close: Decimal(string: "1.45")!, trades: 349),
    Price(code: "TASC", close: Decimal(string: "1007.25")!),
  ]

  @Test func `read rows`() throws {
    try withFile(Self.rows) { path in
      let sheet = try Workbook(path: path).sheet("Prices")
      let prices = try sheet.decode(Price.self)
      #expect(Array(prices) == Self.prices)

      let columns = Columns(Trade()) {
        $0.column("Code", \.code)
        $0.column("Closing Price", \.close)
        $0.column("Trades", \.trades)
      }
      let trades = try Workbook(path: path).decode(columns, of: "Prices")
      #expect(trades.map(\.close) == Self.prices.map(\.close))

      var sum = 0.0
      try Workbook(path: path).forEachRow(of: "Prices") { row in
        for index in 0..<row.count { sum += row.number(index) ?? 0 }
        return .next
      }
      #expect(sum == 350.45)
    }
  }

  @Test func `tell rows apart`() throws {
    let rows: [[CellContent]] = [
      ["Bulletin of 2025/06/24"], ["Code", "Closing Price"], ["Banking Sector"], ["BBOB", 1.45],
      ["Total Banking Sector", 1.45],
    ]
    try withFile(rows) { path in
      let bulletin = try Workbook(path: path).sheet("Prices")
      let report = try bulletin.decode(Price.self, header: .search(["Code", "Closing Price"])) {
        row in
        if row["Code"]?.text?.hasPrefix("Total") == true { return .skip }
        if let title = row.onlyText { return .section(title) }
        return .data
      }
      let banks = report.sections.first { $0.title == "Banking Sector" }
      #expect(banks?.rows.map(\.code) == ["BBOB"])
      #expect(report.skipped.count == 1)
    }
  }

  @Test func `find headers`() throws {
    let rows = [["Prices of the day"], []] + Self.rows
    try withFile(rows, table: CellRange("A3:C5")) { path in
      let sheet = try Workbook(path: path).sheet("Prices")
      let header = HeaderSearch.search(["Code", "Closing Price"], within: 10)
      let rows = try sheet.decode(Price.self, header: header)
      #expect(Array(rows) == Self.prices)

      let listed = try sheet.decode(Price.self, table: "Listed")
      #expect(Array(listed) == Self.prices)
    }
    try withFile([["Code", "Last  price"], ["BBOB", 1.45]]) { path in
      let either = HeaderSearch.search(["Code"]).naming(
        "Closing Price", alias: "Close", "Last Price")
      let found = try Workbook(path: path).sheet(at: 0).decode(Price.self, header: either)
      #expect(found.count == 1)
    }
    let merged: [[CellContent]] = [["Code", "Closing Price"], [], ["BBOB", 1.45], [.empty, 1.5]]
    try withFile(merged, merges: [CellRange("A1:A2")!, CellRange("A3:A4")!]) { path in
      let merged = try Workbook(path: path).sheet(at: 0)
      let filled = try merged.decode(Price.self, header: .search(["Code"]).fillingMerged())
      #expect(filled.map(\.code) == ["BBOB", "BBOB"])
    }
  }

  @Test func `write workbooks`() throws {
    var workbook = WorkbookWriter()
    try workbook.addSheet("Prices") { sheet in
      try sheet.append(["Code", "Closing Price", "Day"])
      try sheet.append(["BBOB", .number(1.45, format: "0.000"), .date(SheetDate("2025-06-24")!)])
      try sheet.append(["Total", .formula("SUM(B2:B2)", value: .number(1.45))])
    }
    let bytes = try workbook.bytes()

    try workbook.addSheet("Listed", visibility: .hidden) { sheet in
      try sheet.append(["Listed companies"])
      try sheet.merge(CellRange("A1:B1")!)
      try sheet.append(["Code", "Closing Price"])
      try sheet.append(["BBOB", 1.45])
      try sheet.addTable("Listed", CellRange("A2:B3")!)
      try sheet.setWidth(18, ofColumn: 2)
      try sheet.set(CellContent(.duration(.seconds(5400))), at: CellReference("D7")!)
    }
    let exported = try workbook.bytes()

    let difference = try WorkbookDifference(
      from: Workbook(bytes: bytes), to: Workbook(bytes: exported))
    for finding in difference.findings { print(finding) }
    #expect(difference.findings.map(\.place) == ["sheet \"Listed\""])

    let mutator = try WorkbookMutator(bytes)
    for form in try mutator.forms() where form.outcome == .refused {
      let nasty = try mutator.mutated(form, seed: 7)
      #expect(throws: WorkbookError.self) { try readEverything(nasty) }
    }
  }

  private func readEverything(_ bytes: [UInt8]) throws {
    let workbook = try Workbook(bytes: bytes)
    for index in workbook.sheets.indices { _ = try workbook.sheet(at: index) }
  }

  @Test func `write large files`() throws {
    try withFile([[]]) { path in
      var large = try WorkbookStreamWriter(path: path, texts: .inline)
      try large.addSheet("Numbers") { sheet in
        for row in 1...1000 { try sheet.append([.number(Double(row)), .text("row \(row)")]) }
      }
      try large.finish()
      #expect(try Workbook(path: path).sheet("Numbers").rows.count == 1000)
    }
  }

  @Test(arguments: ["ReadingRows", "FindingHeaders", "WritingWorkbooks"])
  func `show what is compiled here`(article: String) throws {
    let folder = TestFile.path("../Sources/HarnessWorkbooks/HarnessWorkbooks.docc")
    let text = try String(contentsOfFile: "\(folder)/\(article).md", encoding: .utf8)
    let source = try String(contentsOfFile: "\(#filePath)", encoding: .utf8)
    for block in codeBlocks(of: text) {
      #expect(contains(source, block), "\(article) shows what is not compiled here:\n\(block)")
    }
  }

  private func codeBlocks(of text: String) -> [String] {
    text.components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "\n```").first ?? ""
    }
  }

  /// Whether the lines of a block stand one after the other in a source, blank ones and indents apart.
  private func contains(_ source: String, _ block: String) -> Bool {
    let lines = lines(source)
    let wanted = lines.isEmpty ? [] : self.lines(block)
    return lines.indices.contains { lines[$0...].starts(with: wanted) }
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}

import Fixtures
import Foundation
import Testing

@testable import struct Fixtures.ChoiceSource
@testable import struct Fixtures.PropertySearch
@testable import enum Fixtures.PropertyOutcome
@testable import func Fixtures.grouped

@Suite struct `Generated daily reports` {
  private static let date = SheetDate("2025-06-24")!

  @Test(arguments: 0..<40)
  func `hold what holds in reality`(seed: UInt64) {
    let report = DailyReport(seed: seed, companies: 60, date: Self.date)
    #expect(report.listings.count == 60)
    #expect(Set(report.listings.map(\.code)).count == 60)
    #expect(Set(report.listings.map(\.company)).count == 60)
    for listing in report.listings {
      #expect(listing.low > 0)
      for price in [listing.open, listing.close, listing.average] {
        #expect(listing.low <= price)
        #expect(price <= listing.high)
      }
      let exact = listing.average * Decimal(listing.volume)
      #expect(abs(listing.value - exact) <= Decimal(string: "0.005")!)
      #expect(1...listing.volume ~= listing.trades)
      let change = (listing.close - listing.previousClose) / listing.previousClose * 100
      #expect(abs(listing.change - change) <= Decimal(string: "0.005")!)
    }
    #expect(report.totals.value == report.sectors.reduce(0) { $0 + $1.totals.value })
    #expect(report.totals.volume == report.listings.reduce(0) { $0 + $1.volume })
  }

  @Test(arguments: [
    (1, 1, [1]), (10, 3, [4, 3, 3]), (2, 4, [1, 1, 1, 1]), (7, 99, [1, 1, 1, 1, 1, 1, 1]),
  ])
  func `share their companies out over the sectors`(companies: Int, sectors: Int, counts: [Int]) {
    let report = DailyReport(seed: 1, companies: companies, sectors: sectors, date: Self.date)
    #expect(report.sectors.map(\.listings.count) == counts)
  }

  @Test func `keep a company's numbers when others are added`() {
    let small = DailyReport(seed: 7, companies: 7, date: Self.date)
    let large = DailyReport(seed: 7, companies: 70, date: Self.date)
    #expect(small.sectors.map(\.listings[0].value) == large.sectors.map(\.listings[0].value))
  }

  @Test(arguments: DailyReportWorkbook.Layout.allCases, [1, 2, 3] as [UInt64])
  func `are read back from their workbooks`(
    layout: DailyReportWorkbook.Layout, seed: UInt64
  ) throws {
    let report = DailyReport(seed: seed, companies: 30, date: Self.date)
    let file = try report.workbook(layout: layout)
    #expect(file.name == "2025 06 24 ISX Daily Report.xlsx")
    let sheet = try Workbook(bytes: file.bytes, name: file.name).sheet(at: 0)
    let bulletin = try Self.listings(of: sheet)
    #expect(bulletin.header.row == 4)
    #expect(bulletin.sections.map(\.title) == report.sectors.map(\.name))
    #expect(bulletin.sections.map(\.rows) == report.sectors.map(\.listings))
    if layout == .merged {
      #expect(try sheet["B2"].date == report.date)
      let total = try #require(bulletin.skipped.last)
      #expect(total["Traded Volume"]?.number == Double(report.totals.volume))
      #expect(sheet.merges.count == report.sectors.count + 1)
    }
  }

  private static func listings(of sheet: Sheet) throws -> DecodedRows<DailyReport.Listing> {
    try sheet.decode(
      DailyReport.Listing.self, header: .search(["Code", "Closing Price"])
    ) { row in
      if row["Company Name"]?.text?.contains("Total") == true { return .skip }
      if let title = row.onlyText { return .section(title) }
      return .data
    }
  }

  @Test(arguments: DailyReportWorkbook.Layout.allCases)
  func `have bad cells where they say`(layout: DailyReportWorkbook.Layout) throws {
    let file = try DailyReport(seed: 7, companies: 20, date: Self.date)
      .workbook(layout: layout, defects: [.badCells(5)])
    #expect(file.badCells.count == 5)
    let error = #expect(throws: WorkbookError.self) {
      try Self.listings(of: Workbook(bytes: file.bytes).sheet(at: 0))
    }
    #expect(error?.kind == .badCells)
    #expect(error?.cells.map(\.reference) == file.badCells)
  }

  @Test func `lack the header where they say`() throws {
    let file = try DailyReport(seed: 7, date: Self.date).workbook(defects: [.missingHeader])
    let error = #expect(throws: WorkbookError.self) {
      try Self.listings(of: Workbook(bytes: file.bytes).sheet(at: 0))
    }
    #expect(error?.kind == .missingHeader)
  }

  @Test(arguments: DailyReportWorkbook.Layout.allCases)
  func `have a defect that shows, or refuse it`(layout: DailyReportWorkbook.Layout) throws {
    let two = DailyReport(seed: 7, companies: 2, sectors: 1, date: Self.date)
    let one = DailyReport(seed: 7, companies: 1, sectors: 1, date: Self.date)
    let none = DailyReport(date: Self.date, sectors: [])
    func shown(
      _ report: DailyReport, _ defects: Set<DailyReportWorkbook.Defect>
    ) throws -> [UInt8] {
      let file = try report.workbook(layout: layout, defects: defects)
      return file.bytes
    }
    let plain = try shown(two, [])
    var visible: [DailyReportWorkbook.Defect] = [
      .badCells(1), .badCells(22), .errorCells(22), .missingHeader, .lateHeader(1), .missingDate,
      .duplicateCode, .blankRows,
    ]
    visible += DailyReport.Listing.CodingKeys.allCases.map { .missingColumn($0) }
    if layout == .merged { visible.append(.wrongTotal) }
    for defect in visible { #expect(try shown(two, [defect]) != plain, "\(defect)") }
    typealias Defects = Set<DailyReportWorkbook.Defect>
    var refused: [(DailyReport, Defects)] = [
      (one, [.duplicateCode]), (two, [.duplicateCode, .missingColumn(.code)]),
      (two, [.badCells(23)]), (two, [.badCells(.max), .errorCells(.max)]), (two, [.badCells(-1)]),
      (two, [.badCells(12), .errorCells(11)]), (two, [.badCells(21), .missingColumn(.close)]),
      (none, [.badCells(1)]), (none, [.blankRows]), (none, [.wrongTotal]),
      (two, [.lateHeader(-1)]), (two, [.lateHeader(1001)]),
      (two, [.lateHeader(2), .missingHeader]), (two, [.wrongTotal, .missingColumn(.volume)]),
    ]
    if layout == .text { refused.append((two, [.wrongTotal])) }
    for (report, defects) in refused {
      #expect(throws: DailyReportDefectError.self, "\(defects)") { try shown(report, defects) }
    }
  }

  @Test func `say why a defect would not show`() {
    let report = DailyReport(seed: 7, companies: 2, sectors: 1, date: Self.date)
    let total = #expect(throws: DailyReportDefectError.self) {
      try report.workbook(layout: .text, defects: [.wrongTotal])
    }
    #expect(
      total?.description
        == "the defect wrongTotal would not show: the layout `text` has no totals; try the layout `merged`"
    )
    let cells = #expect(throws: DailyReportDefectError.self) {
      try report.workbook(defects: [.errorCells(20), .badCells(3)])
    }
    #expect(
      cells?.description
        == "the defect badCells(3) would not show: the report has 22 numbers, and 23 are to be spoiled"
    )
  }

  @Test func `have their bad cells in the columns that are there`() throws {
    let report = DailyReport(seed: 7, companies: 2, sectors: 1, date: Self.date)
    let file = try report.workbook(defects: [.badCells(20), .missingColumn(.open)])
    #expect(file.badCells.count == 20)
  }

  @Test func `have one wrong total, also where sectors are alike`() throws {
    var report = DailyReport(seed: 7, companies: 2, sectors: 1, date: Self.date)
    report.sectors.append(report.sectors[0])
    let file = try report.workbook(defects: [.wrongTotal])
    let sheet = try Workbook(bytes: file.bytes).sheet(at: 0)
    let volume = report.sectors[0].totals.volume
    // Title, date, blank, header; then a sector's title, its two listings and its total.
    #expect(try sheet["L8"].number == Double(volume + 1))
    #expect(try sheet["L12"].number == Double(volume))
  }

  @Test func `have codes of four letters until these are used up`() throws {
    let report = DailyReport(seed: 1, companies: 17_600, sectors: 1, date: Self.date)
    let codes = report.listings.map(\.code)
    #expect(Set(codes).count == 17_600)
    #expect(codes.filter { $0.count == 4 }.count == 17_576)
    #expect(codes.allSatisfy { 4...5 ~= $0.count })
  }

  @Test func `shrink to the first codes`() throws {
    let reports = DailyReport.generator(
      companies: 1...9, sectors: 1...3, dates: .date(from: Self.date, to: Self.date))
    var search = PropertySearch(reports, seed: 1, runs: 20)
    var last: DailyReport?
    while let report = search.next() {
      let holds = report.listings.count < 3
      if !holds { last = report }
      search.take(holds ? .holds : .fails(nil))
    }
    #expect(last?.listings.map(\.code) == ["BAAA", "BAAB", "BAAC"])
  }

  // A change here is a change of what users' seeds mean: give the generator a new version.
  @Test(
    arguments: [
      (DailyReportWorkbook.Layout.merged, 0xD662C079E690A70),
      (DailyReportWorkbook.Layout.text, 0xC2AE7AD8F3C70970),
    ] as [(DailyReportWorkbook.Layout, UInt64)])
  func `are the same bytes for the same seed in version 1`(
    layout: DailyReportWorkbook.Layout, hash: UInt64
  ) throws {
    #expect(DailyReport.generatorVersion == 1)
    let file = try DailyReport(seed: 7, date: Self.date).workbook(layout: layout)
    #expect(Self.hash(file.bytes) == hash)
  }

  /// FNV-1a.
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  @Test(arguments: [
    ("0.1", 3, "0.100"), ("1234567.8", 2, "1,234,567.80"), ("-0.54", 2, "-0.54"), ("123", 0, "123"),
    ("1000", 0, "1,000"), ("-1234", 2, "-1,234.00"),
  ])
  func `group the digits of numbers in texts`(number: String, decimals: Int, text: String) {
    #expect(grouped(Decimal(string: number)!, decimals: decimals) == text)
  }
}

@Suite struct `A source of choices` {
  // The first numbers of the reference implementation, started with SplitMix64 from the same seed.
  @Test func `is xoshiro256** started with SplitMix64`() {
    var source = ChoiceSource(seed: 0)
    #expect([source.next(), source.next()] == [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A])
  }

  @Test func `draws every number of a range`() {
    var source = ChoiceSource(seed: 42)
    let drawn = Set((0..<500).map { _ in source.integer(in: -3...3) })
    #expect(drawn == Set(-3...3))
    #expect(source.integer(in: 5...5) == 5)
  }

  @Test func `forks by label, whatever was drawn before`() {
    var drawn = ChoiceSource(seed: 42)
    _ = drawn.next()
    var one = drawn.fork("volume")
    var same = ChoiceSource(seed: 42).fork("volume")
    var other = ChoiceSource(seed: 42).fork("trades")
    let number = one.next()
    #expect(number == same.next())
    #expect(number != other.next())
    var again = ChoiceSource(seed: 42).fork("volume", occurrence: 1)
    #expect(number != again.next())
  }
}

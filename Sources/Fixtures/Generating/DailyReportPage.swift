import Foundation
import HarnessWorkbooks

/// Lays a daily report out on its sheets.
struct DailyReportPage {
  private(set) var badCells: Set<CellReference> = []

  private typealias Column = DailyReport.Listing.CodingKeys
  private typealias Listing = DailyReport.Listing

  private let report: DailyReport
  private let layout: DailyReportWorkbook.Layout
  private let defects: Set<DailyReportWorkbook.Defect>
  private let columns: [Column]
  // What stands in place of numbers of the report, counted over its listings and their numeric columns.
  private var spoiled: [Int: CellContent] = [:]

  private static let numericColumns = Column.allCases.count - 2

  init(
    _ report: DailyReport, layout: DailyReportWorkbook.Layout,
    defects: Set<DailyReportWorkbook.Defect>
  ) {
    self.report = report
    self.layout = layout
    self.defects = defects
    columns = Column.allCases.filter { !defects.contains(.missingColumn($0)) }
    for case .badCells(let count) in defects { spoil(count, with: "n/a", "bad cells") }
    for case .errorCells(let count) in defects {
      spoil(count, with: CellContent(.error(.notAvailable)), "error cells")
    }
  }

  /// How many numbers there are to spoil.
  static func numbers(of report: DailyReport, _ defects: Set<DailyReportWorkbook.Defect>) -> Int {
    let shown = Column.allCases.dropFirst(2).filter { !defects.contains(.missingColumn($0)) }
    return report.listings.count * shown.count
  }

  private mutating func spoil(_ count: Int, with content: CellContent, _ label: String) {
    let places = report.listings.count * Self.numericColumns
    var source = ChoiceSource(seed: UInt64(places)).fork("\(label) \(report.date)")
    let wanted = spoiled.count + count
    while spoiled.count < wanted {
      let place = source.integer(in: 0...places - 1)
      // What stands in a column that is not there would not show.
      guard columns.contains(Column.allCases[place % Self.numericColumns + 2]) else { continue }
      if spoiled[place] == nil { spoiled[place] = content }
    }
  }

  mutating func write(to workbook: inout WorkbookWriter) throws {
    let name = layout == .merged ? "Bullient  " : "Bulletin"
    var page = self
    try workbook.addSheet(name) { sheet in try page.write(to: &sheet) }
    self = page
    guard layout == .merged else { return }
    try workbook.addSheet("Indices") { sheet in
      try sheet.append(["Index", "Closing", "Change (%)"])
      try sheet.append(["ISX 60", 952.88, -0.79])
      try sheet.append(["ISX 15", 1122.35, -0.51])
    }
    try workbook.addSheet("Non Traded", visibility: .hidden) { sheet in
      try sheet.append(["Company Name", "Code"])
      try sheet.append(["Silent Springs Dairy", "ASIL"])
    }
  }

  private mutating func write(to sheet: inout SheetWriter) throws(WorkbookError) {
    try writeTitle(to: &sheet)
    for case .lateHeader(let rows) in defects {
      for _ in 0..<max(0, rows) { try sheet.append(["Prices in IQD"]) }
    }
    if !defects.contains(.missingHeader) { try sheet.append(columns.enumerated().map(header)) }
    var number = 0
    for (index, sector) in report.sectors.enumerated() {
      try writeSectorTitle(sector, to: &sheet)
      let first = sheet.nextRow
      for listing in sector.listings {
        try writeListing(listing, number, to: &sheet)
        if defects.contains(.blankRows) { try sheet.append([]) }
        number += 1
      }
      try writeTotal(of: sector, isFirst: index == 0, from: first, to: &sheet)
    }
    if layout == .merged { try writeGrandTotal(to: &sheet) }
  }

  private func writeTitle(to sheet: inout SheetWriter) throws(WorkbookError) {
    try sheet.append(["Iraq Stock Exchange"])
    switch layout {
    case .merged:
      try sheet.merge(Self.wholeRow(1))
      let day = CellContent.date(report.date, format: "yyyy/mm/dd")
      try sheet.append(["Trading session date", defects.contains(.missingDate) ? .empty : day])
      try sheet.append([])
    case .text:
      try sheet.append([])
      let day = "\(report.date)".split(separator: "-").joined(separator: "/")
      try sheet.append([defects.contains(.missingDate) ? "Bulletin" : "Bulletin of \(day)"])
    }
  }

  private func header(_ index: Int, _ column: Column) -> CellContent {
    switch layout {
    case .merged: .text(column.rawValue)
    case .text:
      .text(index.isMultiple(of: 2) ? " \(column.rawValue) " : column.rawValue.uppercased())
    }
  }

  private func writeSectorTitle(
    _ sector: DailyReport.Sector, to sheet: inout SheetWriter
  ) throws(WorkbookError) {
    let row = sheet.nextRow
    try sheet.append([.text(sector.name)])
    if layout == .merged { try sheet.merge(Self.wholeRow(row)) }
  }

  private mutating func writeListing(
    _ listing: Listing, _ number: Int, to sheet: inout SheetWriter
  ) throws(WorkbookError) {
    let row = sheet.nextRow
    let isSecond = number == 1 && defects.contains(.duplicateCode)
    var contents = [company(listing), code(isSecond ? report.listings[0] : listing)]
    contents += numbers(listing)
    var isSpoiled: Set<Column> = []
    for place in 0..<Self.numericColumns {
      guard let content = spoiled[number * Self.numericColumns + place] else { continue }
      contents[place + 2] = content
      isSpoiled.insert(Column.allCases[place + 2])
    }
    let written = zip(Column.allCases, contents).filter { columns.contains($0.0) }
    for (index, column) in columns.enumerated() where isSpoiled.contains(column) {
      if let reference = CellReference(column: index + 1, row: row) { badCells.insert(reference) }
    }
    try sheet.append(written.map(\.1))
  }

  private func company(_ listing: Listing) -> CellContent {
    .text(layout == .merged ? listing.company : "\(listing.company)  ")
  }

  private func code(_ listing: Listing) -> CellContent {
    .text(layout == .merged ? listing.code : " \(listing.code)")
  }

  private func numbers(_ listing: Listing) -> [CellContent] {
    let prices = [
      listing.open, listing.high, listing.low, listing.average, listing.previousAverage,
      listing.close, listing.previousClose,
    ]
    let counts = [listing.trades, listing.volume]
    switch layout {
    case .merged:
      return prices.map { number($0, format: "0.000") } + [number(listing.change, format: nil)]
        + counts.map { number(Decimal($0), format: "#,##0") }
        + [number(listing.value, format: "#,##0")]
    case .text:
      return prices.map { .text(grouped($0, decimals: 3)) }
        + [.text(grouped(listing.change, decimals: 2))]
        + counts.map { .text(grouped(Decimal($0), decimals: 0)) }
        + [.text(grouped(listing.value, decimals: 2))]
    }
  }

  private func writeTotal(
    of sector: DailyReport.Sector, isFirst: Bool, from first: Int, to sheet: inout SheetWriter
  ) throws(WorkbookError) {
    guard layout == .merged else {
      try sheet.append([.text("Total \(sector.name)")])
      return
    }
    let last = sheet.nextRow - 1
    let row = sheet.nextRow
    try sheet.append([.text("\(sector.name) Total")])
    var totals = sector.totals
    if defects.contains(.wrongTotal), isFirst { totals.volume += 1 }
    for (column, total) in sums(totals) {
      var content = number(total, format: "#,##0")
      if let from = CellReference(column: column, row: first),
        let to = CellReference(column: column, row: last)
      {
        content.formula = "SUM(\(CellRange(from, to)))"
      }
      try set(content, column: column, row: row, on: &sheet)
    }
  }

  private func writeGrandTotal(to sheet: inout SheetWriter) throws(WorkbookError) {
    let row = sheet.nextRow
    try sheet.append(["Grand Total"])
    for (column, total) in sums(report.totals) {
      try set(number(total, format: "#,##0"), column: column, row: row, on: &sheet)
    }
  }

  private func set(
    _ content: CellContent, column: Int, row: Int, on sheet: inout SheetWriter
  ) throws(WorkbookError) {
    // A report too long for a sheet was refused by `append` before.
    guard let reference = CellReference(column: column, row: row) else { return }
    try sheet.set(content, at: reference)
  }

  /// The sums with their columns.
  private func sums(_ totals: DailyReport.Totals) -> [(column: Int, total: Decimal)] {
    let sums: [(Column, Decimal)] = [
      (.trades, Decimal(totals.trades)), (.volume, Decimal(totals.volume)), (.value, totals.value),
    ]
    return sums.compactMap { column, total in
      columns.firstIndex(of: column).map { ($0 + 1, total) }
    }
  }

  private static func wholeRow(_ row: Int) -> CellRange {
    CellRange("A\(row):M\(row)")!
  }
}

/// A decimal number as a cell holds it.
private func number(_ decimal: Decimal, format: String?) -> CellContent {
  // By way of the digits: the shortest number that has them is the one that is written again.
  .number(Double("\(decimal)") ?? .nan, format: format)
}

/// A decimal number with thousands commas and a fixed count of decimals.
func grouped(_ decimal: Decimal, decimals: Int) -> String {
  let parts = "\(decimal.magnitude)".split(separator: ".")
  var whole = ""
  for (index, digit) in parts[0].enumerated() {
    if index > 0, (parts[0].count - index).isMultiple(of: 3) { whole += "," }
    whole.append(digit)
  }
  let sign = decimal < 0 ? "-" : ""
  if decimals == 0 { return sign + whole }
  let fraction = parts.count > 1 ? String(parts[1]) : ""
  let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
  return "\(sign)\(whole).\(fraction)\(zeros)"
}

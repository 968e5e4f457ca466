import Foundation
import HarnessWorkbooks

/// Reads the bulletin out of a workbook, whatever the exchange called its sheet that day.
enum BulletinReader {
  /// The columns of a bulletin: the names that ``ReportRow`` has for them, and those of the exchange.
  ///
  /// A header with the short names is taken as well.
  private static let columns: KeyValuePairs = [
    "company": "Company Name", "code": "Code", "open": "Opening Price", "high": "Highest Price",
    "low": "Lowest Price", "average": "Average Price", "previousAverage": "Prev. Average Price",
    "close": "Closing Price", "previousClose": "Prev. Closing Price",
    "changePercent": "Change (%)", "trades": "No.of Trades", "volume": "Traded Volume",
    "value": "Traded Value",
  ]

  /// Reads the first visible sheet that has the header row of a bulletin.
  ///
  /// - Throws: ``ServiceProblem`` when the file or its cells are not what they should be.
  static func read(_ upload: StagedUpload) throws -> Bulletin {
    do {
      let workbook = try Workbook(path: upload.path)
      let visible = workbook.sheets.filter { $0.visibility == .visible && $0.isWorksheet }
      for info in visible {
        do {
          return try read(try workbook.sheet(info.name))
        } catch let error as WorkbookError where error.kind == .missingHeader {
          continue
        }
      }
      throw ServiceProblem.headerNotFound(sheets: visible.map(\.name))
    } catch let error as WorkbookError {
      throw ServiceProblem(error)
    }
  }

  private static func read(_ sheet: Sheet) throws -> Bulletin {
    let header = columns.reduce(HeaderSearch.search(columns.map(\.key))) { search, column in
      search.naming(column.key, alias: column.value)
    }
    let rows = try sheet.decode(ReportRow.self, header: header, role: role)
    guard let date = tradingDate(on: sheet, above: rows.header.row) else {
      throw ServiceProblem.tradingDateNotFound(sheet: sheet.name)
    }
    let sectors = rows.sections.filter { !$0.rows.isEmpty }
    return Bulletin(
      date: date,
      sectors: sectors.map { Bulletin.Sector(name: $0.title ?? "No sector", rows: $0.rows) })
  }

  /// What a row is: a company has a code; what has none is the title of a sector, or a total.
  private static func role(of row: TableRow) -> RowRole {
    guard row["code"]?.isBlank == true, let text = row["company"]?.text else { return .data }
    let words = text.lowercased().split(separator: " ")
    if words.first == "total" || words.last == "total" { return .skip }
    return row.onlyText.map(RowRole.section) ?? .data
  }

  /// The first date above the table, in a cell of its own or within a text.
  private static func tradingDate(on sheet: Sheet, above header: Int) -> SheetDate? {
    for row in sheet.rows where row.number < header {
      for cell in row {
        if let date = cell.date ?? cell.text.flatMap(SheetDate.init(foundIn:)) { return date }
      }
    }
    return nil
  }
}

extension SheetDate {
  /// The first date in a text that is written as `2025/06/24` or `2025-06-24`.
  fileprivate init?(foundIn text: String) {
    guard let match = text.firstMatch(of: /(\d{4})[\/\-](\d{1,2})[\/\-](\d{1,2})/),
      let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

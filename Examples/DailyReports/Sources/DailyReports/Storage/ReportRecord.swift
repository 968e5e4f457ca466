import Foundation
import GRDB
import HarnessWorkbooks

/// A report as a row of the table of reports.
struct ReportRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "report"

  var id: String
  var createdAt: String
  var date: String
  var fileName: String

  init(_ report: Report) {
    id = report.id.description
    createdAt = report.createdAt.formatted(.iso8601)
    date = report.date.description
    fileName = report.fileName
  }

  /// The report whose rows these are.
  func report(with rows: [RowRecord]) throws -> Report {
    var sectors: [Bulletin.Sector] = []
    for record in rows {
      if sectors.last?.name != record.sector {
        sectors.append(Bulletin.Sector(name: record.sector, rows: []))
      }
      sectors[sectors.count - 1].rows.append(record.row)
    }
    return Report(
      Bulletin(date: try tradingDate(), sectors: sectors),
      id: ReportID(id), createdAt: try moment(), fileName: fileName)
  }

  func summary(companies: Int) throws -> ReportSummary {
    ReportSummary(
      id: ReportID(id), createdAt: try moment(), date: try tradingDate(), fileName: fileName,
      companies: companies)
  }

  private func moment() throws -> Date {
    try Date(createdAt, strategy: .iso8601)
  }

  private func tradingDate() throws -> SheetDate {
    guard let date = SheetDate(date) else { throw DamagedRecord(report: id, column: "date") }
    return date
  }
}

/// A stored value that this program did not write.
struct DamagedRecord: Error {
  var report: String
  var column: String
}

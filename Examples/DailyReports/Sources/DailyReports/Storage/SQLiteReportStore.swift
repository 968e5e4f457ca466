import Foundation
import GRDB
import HarnessWorkbooks

/// Keeps reports in SQLite: in a file, or in memory for as long as the store lives.
///
/// Only what the bulletin says is stored. Totals, averages and movers follow from the rows, and are
/// computed again when a report is read: what is not stored twice cannot disagree.
public struct SQLiteReportStore: ReportStore {
  private let database: DatabaseQueue

  /// Opens a store, and makes or updates its tables.
  ///
  /// - Parameter path: the database file, which is made when it is not there; nil for memory.
  /// - Throws: what SQLite says when the file cannot be opened or is no such database.
  public init(path: String? = nil) throws {
    database = try path.map { try DatabaseQueue(path: $0) } ?? DatabaseQueue()
    try ReportSchema.migrator.migrate(database)
  }

  public func insert(_ report: Report) async throws {
    try await database.write { database in
      try ReportRecord(report).insert(database)
      var position = 0
      for sector in report.sectors {
        for row in sector.rows {
          position += 1
          try RowRecord(
            report: report.id.description, position: position, sector: sector.name, row: row
          ).insert(database)
        }
      }
    }
  }

  public func report(_ id: ReportID) async throws -> Report? {
    try await database.read { database in
      guard let record = try ReportRecord.fetchOne(database, key: id.description) else {
        return nil
      }
      let rows =
        try RowRecord
        .filter(Column("report") == id.description)
        .order(Column("position"))
        .fetchAll(database)
      return try record.report(with: rows)
    }
  }

  public func summaries() async throws -> [ReportSummary] {
    try await database.read { database in
      // The row number settles the order of reports that were made within the same second.
      let records = try ReportRecord.order(Column("createdAt").desc, Column.rowID.desc)
        .fetchAll(database)
      return try records.map { record in
        let companies = try RowRecord.filter(Column("report") == record.id).fetchCount(database)
        return try record.summary(companies: companies)
      }
    }
  }

  public func delete(_ id: ReportID) async throws -> Bool {
    try await database.write { database in
      // The rows go with their report: the schema says so.
      try ReportRecord.deleteOne(database, key: id.description)
    }
  }
}

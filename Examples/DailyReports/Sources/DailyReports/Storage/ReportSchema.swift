import GRDB

/// The tables of the store, one migration for each change that was ever made to them.
enum ReportSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("reports and their rows") { database in
      try database.create(table: ReportRecord.databaseTableName) { table in
        table.primaryKey("id", .text)
        table.column("createdAt", .text).notNull()
        table.column("date", .text).notNull()
        table.column("fileName", .text).notNull()
      }
      try database.create(table: RowRecord.databaseTableName) { table in
        table.primaryKey {
          table.column("report", .text)
            .references(ReportRecord.databaseTableName, onDelete: .cascade)
          table.column("position", .integer)
        }
        for name in ["sector", "company", "code"] {
          table.column(name, .text).notNull()
        }
        // Text, and not a number: SQLite would keep a decimal number as a binary one.
        for name in [
          "open", "high", "low", "average", "previousAverage", "close", "previousClose",
          "changePercent", "value",
        ] {
          table.column(name, .text).notNull()
        }
        for name in ["trades", "volume"] {
          table.column(name, .integer).notNull()
        }
      }
    }
    return migrator
  }
}

public import GoldenFiles

extension CSVRows {
  /// The rows of a table, its header first, to be compared with a golden file.
  ///
  /// ```swift
  /// try expectGolden(CSVRows(Fixture.csv("prices.csv")), as: .csv)
  /// ```
  public init(_ table: CSVTable) {
    self.init(rows: [table.header] + table.records.map(\.fields))
  }
}

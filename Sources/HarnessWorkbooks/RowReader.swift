/// Reads the rows of a sheet one after the other, in memory that does not grow with the sheet.
///
/// ```swift
/// var rows = try workbook.rows(of: "Prices")
/// while let row = try rows.next() {
///   print(row.number, row[column: 1].text ?? "")
/// }
/// ```
///
/// It is no `Sequence`, because reading may fail at any row, and the iterator of a `Sequence` cannot throw;
/// ``Workbook/rowBatches(of:rows:)`` gives an asynchronous sequence, which can. Rows come in the order of
/// the file: one that has them out of order, which no known writer makes, gives them so.
public struct RowReader: ~Copyable {
  private let reading: SheetReading
  private let workbook: Workbook
  private let info: SheetInfo
  private var batch: SheetStorage?
  private var index = 0

  init(_ info: SheetInfo, of workbook: Workbook, batchCells: Int) throws(WorkbookError) {
    self.info = info
    self.workbook = workbook
    reading = try workbook.located(info) { () throws(WorkbookError) in
      try SheetReading(
        try workbook.entry(of: info), of: workbook.archive,
        stringCount: workbook.context.strings.count,
        styleCount: workbook.context.formats.count, limits: workbook.limits,
        batchCells: batchCells)
    }
  }

  /// The next row that has cells; nil at the end of the sheet.
  ///
  /// Throws a ``WorkbookError`` as ``Workbook/sheet(_:)`` does, when the part is read so far. What is
  /// wrong behind the last row that is asked for is never found out.
  public mutating func next() throws(WorkbookError) -> SheetRow? {
    while true {
      if let batch, index < batch.rowStarts.count {
        index += 1
        return SheetRow(storage: batch, places: batch.places(ofRowAt: index - 1))
      }
      batch = try nextBatch()
      index = 0
      if batch == nil { return nil }
    }
  }

  private func nextBatch() throws(WorkbookError) -> SheetStorage? {
    try workbook.located(info) { () throws(WorkbookError) in
      guard let store = try reading.nextBatch() else { return nil }
      return SheetStorage(
        store, sharedFormulas: reading.sharedFormulas, context: workbook.context)
    }
  }
}

extension Workbook {
  /// How many cells a batch of rows has at least.
  static let batchCells = 2048

  /// Reads the rows of a sheet one after the other, in memory that does not grow with the sheet.
  ///
  /// The sheet is found as ``sheet(_:)`` finds it. Merged ranges, links, comments and tables are not
  /// looked at.
  public func rows(of sheet: String) throws(WorkbookError) -> RowReader {
    try RowReader(info(sheet), of: self, batchCells: Self.batchCells)
  }
}

@available(*, unavailable)
extension RowReader: Sendable {}

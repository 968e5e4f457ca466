/// The rows of a sheet as an asynchronous sequence of batches, in memory that does not grow with the sheet.
///
/// ```swift
/// for try await rows in try workbook.rowBatches(of: "Prices") {
///   for row in rows { try await store(row) }
/// }
/// ```
///
/// A batch is read when it is asked for, on the task that asks: nothing is read ahead, so a loop that is
/// left early costs no more than it read. Cancelling the task ends the sequence with `CancellationError`
/// before the next batch.
public struct RowBatches: AsyncSequence, Sendable {
  /// Rows that have cells, in the order of the file; never none.
  public typealias Element = [SheetRow]

  let workbook: Workbook
  let info: SheetInfo
  let rows: Int

  /// The iterator over the batches of one pass through the sheet.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private var source: Source
    private let rows: Int

    fileprivate enum Source {
      case waiting(Workbook, SheetInfo)
      case reading(Reading)
    }

    fileprivate final class Reading {
      var reader: RowReader

      init(_ reader: consuming RowReader) { self.reader = reader }
    }

    fileprivate init(_ batches: RowBatches) {
      source = .waiting(batches.workbook, batches.info)
      rows = batches.rows
    }

    /// The next batch; nil at the end of the sheet.
    ///
    /// Throws a ``WorkbookError``, as ``RowReader/next()`` does, or `CancellationError`.
    public mutating func next() async throws -> [SheetRow]? {
      try Task.checkCancellation()
      let reading = try begun()
      var batch: [SheetRow] = []
      while batch.count < rows, let row = try reading.reader.next() { batch.append(row) }
      return batch.isEmpty ? nil : batch
    }

    private mutating func begun() throws(WorkbookError) -> Reading {
      switch source {
      case .reading(let reading): return reading
      case .waiting(let workbook, let info):
        let reading = Reading(
          try RowReader(info, of: workbook, batchCells: Workbook.batchCells))
        source = .reading(reading)
        return reading
      }
    }
  }

  /// Begins a pass through the sheet.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

extension Workbook {
  /// The rows of a sheet in batches of `rows` rows, the last one shorter.
  ///
  /// The sheet is found as ``sheet(_:)`` finds it; throws the kind `missingSheet` when there is none.
  public func rowBatches(
    of sheet: String, rows: Int = 1000
  ) throws(WorkbookError) -> RowBatches {
    RowBatches(workbook: self, info: try info(sheet), rows: Swift.max(1, rows))
  }
}

@available(*, unavailable)
extension RowBatches.AsyncIterator: Sendable {}

/// A row as ``Workbook/forEachRow(of:_:)`` lends it: its cells are read from it without an allocation.
///
/// It lives as long as the call of the closure that gets it. Cells are asked for by their place among the
/// filled cells of the row.
public struct RowView: ~Copyable {
  private let store: CellStore
  private let context: CellContext
  private var places = 0..<0

  /// The number of the row on its sheet, counted from 1.
  public var number: Int { Int(store.cells[places.lowerBound].row) }

  /// How many cells of the row hold something; one that the file has twice is there twice.
  public var count: Int { places.count }

  init(_ store: consuming CellStore, context: CellContext) {
    self.store = store
    self.context = context
  }

  /// Moves to the row behind the one it shows; false when there is none.
  mutating func advance() -> Bool {
    var end = places.upperBound
    let start = end
    guard start < store.count else { return false }
    let row = store.cells[start].row
    repeat { end += 1 } while end < store.count && store.cells[end].row == row
    places = start..<end
    return true
  }

  consuming func finish() -> CellStore { store }

  /// The column of a cell, 1 for `A`.
  public func column(_ index: Int) -> Int { Int(stored(index).column) }

  /// The number of a cell as the file has it, also where its format makes a date of it; nil for any other
  /// cell.
  public func number(_ index: Int) -> Double? {
    store.number(stored(index))
  }

  /// Lends the text of a cell in UTF-8; nil for a cell that holds no text.
  public func withText<Result, Failure: Error>(
    _ index: Int, _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    switch stored(index).content {
    case .sharedString(let index): try context.strings.withText(index, body)
    case .text(let range): try store.arena.withText(range, body)
    case .empty, .number, .shortNumber, .boolean, .error, .isoDate: nil
    }
  }

  /// The number of a cell's shared string; nil for any other cell.
  ///
  /// Equal numbers are equal texts, so that what is made of a text may be kept by its number.
  public func sharedString(_ index: Int) -> Int? {
    if case .sharedString(let index) = stored(index).content { index } else { nil }
  }

  /// The value of a cell, which takes an allocation for a text.
  public func value(_ index: Int) -> CellValue {
    store.value(stored(index), context)
  }

  private func stored(_ index: Int) -> StoredCell {
    precondition(index >= 0 && index < places.count, "the row has \(places.count) cells")
    return store.cells[places.lowerBound + index]
  }
}

/// Whether to read on.
public enum RowStep: Sendable, Hashable {
  /// With the next row.
  case next
  /// Not at all.
  case stop
}

extension Workbook {
  /// Hands over each row of a sheet in turn, at the lowest cost: nothing is allocated for a row or a cell.
  ///
  /// ```swift
  /// var sum = 0.0
  /// try workbook.forEachRow(of: "Prices") { row in
  ///   for index in 0..<row.count { sum += row.number(index) ?? 0 }
  ///   return .next
  /// }
  /// ```
  ///
  /// Rows come in the order of the file, and so do the cells of a row.
  ///
  /// - Throws: A ``WorkbookError``, as ``rows(of:)`` does, or what `body` throws.
  public func forEachRow(
    of sheet: String, _ body: (borrowing RowView) throws -> RowStep
  ) throws {
    let info = try info(sheet)
    let reading = try located(info) { () throws(WorkbookError) in
      try SheetReading(
        try entry(of: info), of: archive, stringCount: context.strings.count,
        styleCount: context.formats.count, limits: limits, batchCells: Self.batchCells)
    }
    while let batch = try located(info, { () throws(WorkbookError) in try reading.nextBatch() }) {
      var row = RowView(batch, context: context)
      while row.advance() {
        if case .stop = try body(row) { return }
      }
      reading.recycle(row.finish())
    }
  }
}

@available(*, unavailable)
extension RowView: Sendable {}

/// The cells of a sheet, or of some of its rows, ready to be asked for.
final class SheetStorage: Sendable {
  let store: CellStore
  /// For each row that has cells, where in the cells it starts.
  let rowStarts: [Int]
  let context: CellContext
  /// What is odd about the order of the cells.
  let oddities: [WorkbookWarning.Kind]
  private let sharedFormulas: [SharedFormula]

  init(_ store: consuming CellStore, sharedFormulas: [SharedFormula], context: CellContext) {
    oddities = store.order()
    self.store = store
    var rowStarts: [Int] = []
    var row: UInt32 = 0
    for index in 0..<store.count where store.cells[index].row != row {
      rowStarts.append(index)
      row = store.cells[index].row
    }
    self.rowStarts = rowStarts
    self.sharedFormulas = sharedFormulas
    self.context = context
  }

  /// The range from the first to the last row and column that have cells.
  var usedRange: CellRange? {
    guard let start = rowStarts.last else { return nil }
    let first = store.cells[0]
    var columns = first.column...first.column
    for index in 0..<store.count where !columns.contains(store.cells[index].column) {
      let column = store.cells[index].column
      columns = min(columns.lowerBound, column)...max(columns.upperBound, column)
    }
    return CellRange(
      CellReference(checkedColumn: Int(columns.lowerBound), row: Int(first.row)),
      CellReference(checkedColumn: Int(columns.upperBound), row: Int(store.cells[start].row)))
  }

  /// The cells of a row, as places among the cells; empty for a row without cells.
  func places(ofRow row: Int) -> Range<Int> {
    let index = partition(rowStarts.count) { Int(store.cells[rowStarts[$0]].row) < row }
    guard index < rowStarts.count, Int(store.cells[rowStarts[index]].row) == row else {
      return 0..<0
    }
    return places(ofRowAt: index)
  }

  /// The cells of the row that is `index`th among those with cells.
  func places(ofRowAt index: Int) -> Range<Int> {
    rowStarts[index]..<(index + 1 < rowStarts.count ? rowStarts[index + 1] : store.count)
  }

  /// Where among the cells of a row the one in a column is; nil when nothing is stored there.
  func place(ofColumn column: Int, in places: Range<Int>) -> Int? {
    // Rows without gaps are usual: then the column tells the place.
    if let first = places.first {
      let guess = first + column - Int(store.cells[first].column)
      if places.contains(guess), Int(store.cells[guess].column) == column { return guess }
    }
    let offset = partition(places.count) {
      Int(store.cells[places.lowerBound + $0].column) < column
    }
    let place = places.lowerBound + offset
    guard offset < places.count, Int(store.cells[place].column) == column else { return nil }
    return place
  }

  func cell(at reference: CellReference) -> Cell {
    guard let place = place(ofColumn: reference.column, in: places(ofRow: reference.row)) else {
      return Cell(emptyAt: reference)
    }
    return cell(store.cells[place])
  }

  func cell(_ stored: StoredCell) -> Cell {
    let value = store.value(stored, context)
    return Cell(
      reference: stored.reference, value: value, rawText: store.written(stored, context),
      formula: formula(stored), formatCode: context.format(stored.style).code,
      runs: store.runs(stored, context), isOutOfRange: isOutOfRange(stored, value))
  }

  private func isOutOfRange(_ stored: StoredCell, _ value: CellValue) -> Bool {
    guard case .number(let number) = value else { return false }
    return !context.isPlainNumber(stored.style)
      && context.isOutOfRange(number, style: stored.style)
  }

  private func formula(_ stored: StoredCell) -> CellFormula? {
    guard let (text, group) = store.formula(of: stored) else { return nil }
    // A cell of a group without a text of its own has that of the cell where the group began.
    guard group > 0, text.isEmpty else { return CellFormula(text: text, sharedFrom: nil) }
    let shared = sharedFormulas[group - 1]
    return CellFormula(text: shared.text, sharedFrom: shared.origin)
  }
}

/// A formula that a group of cells shares.
struct SharedFormula: Sendable {
  let text: String
  let origin: CellReference
}

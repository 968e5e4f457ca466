/// A cell as rows are read from it: made into a ``Cell`` only where something is wrong or unusual.
struct CellSource {
  let storage: SheetStorage
  let reference: CellReference
  /// Nil where nothing is stored.
  let stored: StoredCell?

  init(_ row: SheetRow, column: Int) {
    storage = row.storage
    reference = CellReference(checkedColumn: column, row: row.number)
    stored = storage.place(ofColumn: column, in: row.places).map { row.storage.store.cells[$0] }
  }

  init(_ cell: CellReference, of storage: SheetStorage) {
    self.storage = storage
    reference = cell
    stored = storage.place(ofColumn: cell.column, in: storage.places(ofRow: cell.row))
      .map { storage.store.cells[$0] }
  }

  var cell: Cell { stored.map { storage.cell($0) } ?? Cell(emptyAt: reference) }

  /// Whether the cell shows nothing: it is empty, and not by a formula, or its text is blank.
  var isBlank: Bool {
    guard let stored else { return true }
    return storage.isBlank(stored)
  }
}

extension SheetStorage {
  /// Whether a cell shows nothing: it is empty, and not by a formula, or its text is blank.
  func isBlank(_ stored: StoredCell) -> Bool {
    switch stored.content {
    case .empty: return !stored.hasFormula
    case .text(let range): return store.arena.withText(range) { isBlankText($0) }
    case .sharedString(let index): return context.strings.withText(index) { isBlankText($0) }
    case .number, .shortNumber, .error, .isoDate, .boolean: return false
    }
  }
}

private func isBlankText(_ text: borrowing Span<UInt8>) -> Bool {
  for index in text.indices {
    // What is not ASCII may still be a blank, such as a no-break space.
    if text[index] >= 0x80 { return String(decoding: text).allSatisfy(\.isWhitespace) }
    if !isXMLBlank(text[index]), !(0x0B...0x0C ~= text[index]) { return false }
  }
  return true
}

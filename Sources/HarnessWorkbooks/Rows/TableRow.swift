/// A row below the header of a table, with its cells by the names of the columns.
public struct TableRow: Sendable {
  /// The header of the table.
  public let header: TableHeader
  /// The number of the row, counted from 1.
  public let number: Int
  let cells: SheetRow

  private let merges: ActiveMerges?

  init(_ row: SheetRow, header: TableHeader, merges: ActiveMerges? = nil) {
    self.header = header
    self.merges = merges
    number = row.number
    cells = row
  }

  /// The cell in the column of a name; nil when the header has no such column.
  public subscript(_ name: String) -> Cell? { header.column(name).map { self[column: $0] } }

  /// The cell in a column, 1 for `A`; an empty one where nothing is stored.
  ///
  /// With ``HeaderSearch/fillingMerged()``, the cell of the merged range that covers it.
  public subscript(column column: Int) -> Cell {
    source(column: min(max(column, 1), CellReference.lastColumn)).cell
  }

  /// The cell in a column of the table, which may be that of a merged range.
  func source(column: Int) -> CellSource {
    let source = CellSource(cells, column: column)
    guard let merges, source.isBlank, let first = merges.first(covering: source.reference) else {
      return source
    }
    return CellSource(first, of: merges.storage)
  }

  /// Whether no cell of the row shows anything.
  var isBlank: Bool {
    cells.places.allSatisfy { cells.storage.isBlank(cells.storage.store.cells[$0]) }
  }

  /// The cells that show something, in the order of their columns.
  public var filledCells: [Cell] { cells.filter { !$0.isBlank } }

  /// The text of the row's only filled cell, without blanks around it; nil when the row has more.
  ///
  /// Titles between the rows of a table look like this, merged or not.
  public var onlyText: String? {
    let filled = filledCells
    guard filled.count == 1, let text = filled[0].text else { return nil }
    return trimmed(text)
  }
}

/// A text without blanks around it.
func trimmed(_ text: String) -> String {
  // Most texts have none, and are not copied.
  if let first = text.utf8.first, let last = text.utf8.last, 0x21...0x7E ~= first,
    0x21...0x7E ~= last
  {
    return text
  }
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}

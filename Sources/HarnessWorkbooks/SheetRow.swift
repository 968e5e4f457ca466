/// The cells of one row that hold something, in the order of their columns.
public struct SheetRow: RandomAccessCollection, Sendable {
  let storage: SheetStorage
  let places: Range<Int>

  /// The number of the row on its sheet, counted from 1.
  public var number: Int { Int(storage.store.cells[places.lowerBound].row) }

  /// The place of the first cell.
  public var startIndex: Int { 0 }
  /// The place after the last cell.
  public var endIndex: Int { places.count }

  /// The cell in a column, 1 for `A`; an empty one where nothing is stored.
  public subscript(column column: Int) -> Cell {
    let column = Swift.min(Swift.max(column, 1), CellReference.lastColumn)
    guard let place = storage.place(ofColumn: column, in: places) else {
      return Cell(emptyAt: CellReference(checkedColumn: column, row: number))
    }
    return storage.cell(storage.store.cells[place])
  }

  /// The cell at a place among those of the row that hold something.
  public subscript(position: Int) -> Cell {
    storage.cell(storage.store.cells[places.lowerBound + position])
  }
}

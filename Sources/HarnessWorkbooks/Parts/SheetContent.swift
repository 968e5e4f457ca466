/// The cells of a sheet while it is read, in the order of the file.
struct SheetContent {
  private var cells: [StoredCell] = []
  private(set) var arena: [UInt8] = []
  private(set) var formulas: [CellReference: CellFormula] = [:]
  var merges: [CellRange] = []
  private var isOrdered = true

  var count: Int { cells.count }

  /// Puts bytes into the arena and gives their place.
  mutating func store(_ bytes: some Collection<UInt8>) -> Range<Int> {
    let start = arena.count
    arena.append(contentsOf: bytes)
    return start..<arena.count
  }

  mutating func add(_ cell: StoredCell, formula: CellFormula?) {
    if let last = cells.last, last.reference >= cell.reference { isOrdered = false }
    cells.append(cell)
    // Of two cells at one place the last wins, with its formula or without one.
    if formula != nil || !isOrdered { formulas[cell.reference] = formula }
  }

  /// The cells by row and column; of two at one place the last.
  func orderedCells() -> [StoredCell] {
    if isOrdered { return cells }
    let sorted = cells.enumerated().sorted {
      ($0.element.reference, $0.offset) < ($1.element.reference, $1.offset)
    }
    var kept: [StoredCell] = []
    kept.reserveCapacity(sorted.count)
    for (_, cell) in sorted {
      if kept.last?.reference == cell.reference { kept.removeLast() }
      kept.append(cell)
    }
    return kept
  }
}

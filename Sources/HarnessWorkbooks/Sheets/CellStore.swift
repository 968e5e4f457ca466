/// The cells of a sheet, or of some of its rows, in the order of the file.
///
/// Sparse: a cell at the far end of the sheet costs no more than one at its start.
struct CellStore: Sendable {
  /// The formula of a cell, in sixteen bytes.
  struct Formula: Sendable {
    // The cell in the upper 34 bits, so that formulas sort by cell; the number of its group below.
    fileprivate let key: UInt64
    fileprivate let text: Range<Int>
  }

  private(set) var cells = BlockArray<StoredCell>()
  private(set) var arena = ByteArena()
  /// The runs of the rich texts in the arena.
  var runs = RunTable()
  /// The texts in the arena that lost blanks, by the starts of what is left of them.
  var written = WrittenTexts()
  private var formulas = BlockArray<Formula>()
  private var isOrdered = true
  private var firstUnordered: CellReference?
  private var last: StoredCell?
  // Of the cell that is furthest behind, which need not be the last one.
  private var furthestKey: UInt64 = 0

  var count: Int { cells.count }
  var formulaCount: Int { formulas.count }

  /// Puts a text into the arena and gives its place.
  mutating func store(_ text: borrowing Span<UInt8>) -> Range<Int> { arena.append(text) }

  /// Adds a cell, with the text of its formula and the group where it is shared, else 0.
  mutating func add(
    _ reference: CellReference, style: UInt16, _ content: StoredCell.Content,
    formula: (text: Range<Int>, group: Int)? = nil
  ) {
    let cell = StoredCell(reference, style: style, content, hasFormula: formula != nil)
    if let last, (last.row, last.column) >= (cell.row, cell.column) {
      isOrdered = false
      let isRepeated = (last.row, last.column) == (cell.row, cell.column)
      if firstUnordered == nil, !isRepeated { firstUnordered = reference }
    }
    last = cell
    furthestKey = max(furthestKey, Self.key(cell))
    cells.append(cell)
    if let formula {
      formulas.append(Formula(key: Self.key(cell) | UInt64(formula.group), text: formula.text))
    }
  }

  /// Whether a place lies behind those of all cells that were added.
  func isBehindAll(_ reference: CellReference) -> Bool {
    furthestKey < Self.key(row: reference.row, column: reference.column)
  }

  private static let groupBits: UInt64 = 30
  /// How many groups of shared formulas there can be.
  static let mostGroups = 1 << groupBits - 1

  private static func key(_ cell: StoredCell) -> UInt64 {
    key(row: Int(cell.row), column: Int(cell.column))
  }

  private static func key(row: Int, column: Int) -> UInt64 {
    (UInt64(row) << 14 | UInt64(column - 1)) << groupBits
  }

  /// The formula of a cell with its group; nil when it has none.
  func formula(of cell: StoredCell) -> (text: String, group: Int)? {
    guard cell.hasFormula else { return nil }
    let key = Self.key(cell)
    // Where a cell came twice, its last formula counts: the one before the next cell's.
    let index = partition(formulas.count) { formulas[$0].key < key + (1 << Self.groupBits) } - 1
    let group = Int(formulas[index].key & (1 << Self.groupBits - 1))
    return (arena.string(formulas[index].text), group)
  }

  /// Puts the cells in order by row and column; of two at one place the last wins, with its formula or
  /// without one, and also where it holds nothing.
  ///
  /// Gives what was odd about their order.
  mutating func order() -> [WorkbookWarning.Kind] {
    if isOrdered { return [] }
    isOrdered = true
    var repeated: [CellReference] = []
    var kept = BlockArray<StoredCell>()
    let places = Self.places(cells.count) { Self.key(cells[$0]) }
    for (index, packed) in places.enumerated() {
      let cell = cells[Int(packed & Self.placeBits)]
      if index + 1 < places.count, places[index + 1] >> 30 == packed >> 30 {
        if repeated.count < Self.mostTold, repeated.last != cell.reference {
          repeated.append(cell.reference)
        }
        continue
      }
      if case .empty = cell.content, !cell.hasFormula { continue }
      kept.append(cell)
    }
    // One list after the other, so that only one of them is in memory twice.
    cells = kept
    orderFormulas()
    return (firstUnordered.map { [.unorderedCell($0)] } ?? [])
      + repeated.map { .repeatedCell($0) }
  }

  /// Puts the formulas in order by their cells, the last one of a cell behind the others.
  private mutating func orderFormulas() {
    guard formulas.count > 1 else { return }
    var kept = BlockArray<Formula>()
    for packed in Self.places(formulas.count, { formulas[$0].key & ~Self.placeBits }) {
      kept.append(formulas[Int(packed & Self.placeBits)])
    }
    formulas = kept
  }

  /// Places in a list in the order of their keys, of which the upper 34 bits count, and then of the file; in
  /// the lower 30 bits of each number.
  private static func places(_ count: Int, _ key: (Int) -> UInt64) -> [UInt64] {
    var places: [UInt64] = []
    places.reserveCapacity(count)
    for place in 0..<count { places.append(key(place) | UInt64(place)) }
    places.sort()
    return places
  }

  private static let placeBits: UInt64 = 1 << 30 - 1
  /// How many cells can be put in order.
  static let mostCells = 1 << 30 - 1

  // More say no more than these.
  private static let mostTold = 99

  /// Forgets everything, and keeps some room.
  mutating func clear() {
    cells.clear()
    arena.clear()
    runs.clear()
    written.clear()
    formulas.clear()
    isOrdered = true
    firstUnordered = nil
    last = nil
    furthestKey = 0
  }
}

/// The first index for which `isBefore` no longer holds.
func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
  var low = 0
  var high = count
  while low < high {
    let middle = (low + high) / 2
    if isBefore(middle) { low = middle + 1 } else { high = middle }
  }
  return low
}

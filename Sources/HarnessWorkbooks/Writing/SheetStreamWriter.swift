/// A sheet that is written row by row, from top to bottom.
public struct SheetStreamWriter: ~Copyable {
  private let package: OpenPackage
  private(set) var extras: SheetExtras
  private var row = 0
  // Of tables that were added before their headers were written.
  private var missingHeaders: Set<CellReference> = []

  init(_ package: OpenPackage, extras: SheetExtras) {
    self.package = package
    self.extras = extras
  }

  /// The number of the row that ``append(_:)`` writes next, counted from 1.
  public var nextRow: Int { row + 1 }

  /// Writes a row after the last one, from column A on; an empty list leaves a row empty.
  ///
  /// Throws the kind `unwritable` for content that Excel would not read back.
  public mutating func append(_ contents: [CellContent]) throws(WorkbookError) {
    row += 1
    guard row <= CellReference.lastRow, contents.count <= CellReference.lastColumn else {
      throw extras.unwritable("row \(row) lies outside of a sheet or is too wide")
    }
    for index in contents.indices {
      let content = contents[index]
      if let problem = ContentRule.problem(content) {
        throw extras.unwritable(problem, at: CellReference(column: index + 1, row: row))
      }
      if !missingHeaders.isEmpty { try checkHeader(content, column: index + 1) }
      try package.writer.append(content, column: index + 1, row: row)
    }
  }

  /// Merges a range, such as `A1:M1`; its value is that of its first cell.
  ///
  /// Throws the kind `unwritable` when it overlaps another one or is a single cell.
  public mutating func merge(_ range: CellRange) throws(WorkbookError) { try extras.merge(range) }

  /// Makes a range a table with this name, whose first row holds the names of its columns.
  ///
  /// Throws the kind `unwritable` when Excel refuses the names or the size, or when it overlaps another table or a
  /// merged range. Called before the rows are written, it holds the header to the names: ``append(_:)`` throws where a
  /// cell of it has another one, and the sheet's end where one was not written. Called after them, that the names are
  /// those in the cells is the caller's care: the rows are gone by then.
  ///
  /// `hasTotals`: whether the last row of the range is a row of totals.
  public mutating func addTable(
    _ name: String, _ range: CellRange, columns: [String], hasTotals: Bool = false
  ) throws(WorkbookError) {
    try extras.addTable(name, range, columns: columns, hasTotals: hasTotals)
    if range.first.row > row {
      for index in columns.indices { missingHeaders.insert(SheetExtras.header(index, of: range)) }
    }
  }

  private mutating func checkHeader(
    _ content: CellContent, column: Int
  ) throws(WorkbookError) {
    let place = CellReference(checkedColumn: column, row: row)
    guard missingHeaders.contains(place) else { return }
    if let problem = extras.headerProblem(content, at: place) {
      throw extras.unwritable(problem, at: place)
    }
    missingHeaders.remove(place)
  }

  /// Throws the kind `unwritable` when the header of a table was not written.
  func checkHeaders() throws(WorkbookError) {
    guard let place = missingHeaders.min(), let title = extras.headers[place] else { return }
    throw extras.unwritable(
      "the table's column \(shown(title)) has no title in its cell (ECMA-376, part 1, section 18.5.1.3)",
      at: place)
  }
}

@available(*, unavailable)
extension SheetStreamWriter: Sendable {}

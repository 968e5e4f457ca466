/// What a sheet to be written has beside its cells, checked as Excel would check it.
struct SheetExtras: Sendable {
  private let sheet: String
  private var mergedRanges = RangeList()
  var merges: [CellRange] { mergedRanges.ranges }
  private(set) var tables: [SheetTable] = []
  private(set) var widths: [Int: Double] = [:]
  /// The titles of the columns of all tables, by the cells that must have them.
  private(set) var headers: [CellReference: String] = [:]

  init(sheet: String) { self.sheet = sheet }

  mutating func merge(_ range: CellRange) throws(WorkbookError) {
    guard range.first != range.last else {
      throw unwritable("a single cell cannot be merged", at: range.first)
    }
    if let other = mergedRanges.first(overlapping: range) {
      throw unwritable("the merged ranges \(other) and \(range) overlap")
    }
    if let table = tables.first(where: { $0.range.overlaps(range) }) {
      throw unwritable("the merged range \(range) overlaps the table \(shown(table.name))")
    }
    mergedRanges.append(range)
  }

  mutating func addTable(
    _ name: String, _ range: CellRange, columns: [String], hasTotals: Bool
  ) throws(WorkbookError) {
    let width = range.last.column - range.first.column + 1
    if let problem = TableNameRule.problem(name) { throw unwritable(problem) }
    guard columns.count == width else {
      throw unwritable("the table \(shown(name)) has \(width) columns and \(columns.count) names")
    }
    for column in columns {
      if let problem = TableNameRule.columnProblem(column) { throw unwritable(problem) }
    }
    guard Set(columns.map { $0.lowercased() }).count == width else {
      throw unwritable("two columns of the table \(shown(name)) have one name")
    }
    guard range.last.row - range.first.row >= (hasTotals ? 2 : 1) else {
      throw unwritable("the table \(shown(name)) needs a row below its header")
    }
    if let other = tables.first(where: { $0.range.overlaps(range) }) {
      throw unwritable("the tables \(shown(other.name)) and \(shown(name)) overlap")
    }
    if let merge = mergedRanges.first(overlapping: range) {
      throw unwritable("the merged range \(merge) overlaps the table \(shown(name))")
    }
    tables.append(
      SheetTable(
        name: name, range: range, columns: columns, headerRows: 1, totalsRows: hasTotals ? 1 : 0))
    for (index, title) in columns.enumerated() {
      headers[Self.header(index, of: range)] = title
    }
  }

  /// The cell that has the title of a table's column.
  static func header(_ index: Int, of range: CellRange) -> CellReference {
    CellReference(checkedColumn: range.first.column + index, row: range.first.row)
  }

  /// Why a cell cannot hold a content: it is in the header of a table, whose column has another title.
  ///
  /// Source: ECMA-376, part 1, section 18.5.1.3 (`name`: what the header row shows).
  func headerProblem(_ content: CellContent, at reference: CellReference) -> String? {
    guard let title = headers[reference] else { return nil }
    if case .text(let text) = content.value, content.formula == nil,
      text.utf8.elementsEqual(title.utf8)
    {
      return nil
    }
    return
      "the table's column has the title \(shown(title)), and this would be \(content.value); change the cell before the table is added (ECMA-376, part 1, section 18.5.1.3)"
  }

  mutating func setWidth(_ width: Double, ofColumn column: Int) throws(WorkbookError) {
    // Source: ECMA-376, part 1, section 18.3.1.13, and Excel's limit.
    guard 1...CellReference.lastColumn ~= column, 0...255 ~= width else {
      throw unwritable(
        "the width \(width) of column \(column) is out of range: columns are 1 to \(CellReference.lastColumn), widths 0 to 255 (Microsoft Support, \"Excel specifications and limits\")"
      )
    }
    // Not -0, which is in the range too.
    widths[column] = width == 0 ? 0 : width
  }

  func unwritable(_ reason: String, at reference: CellReference? = nil) -> WorkbookError {
    WorkbookError(.unwritable, reason, sheet: sheet, cell: reference)
  }
}

extension CellRange {
  func overlaps(_ other: CellRange) -> Bool {
    first.column <= other.last.column && other.first.column <= last.column
      && first.row <= other.last.row && other.first.row <= last.row
  }
}

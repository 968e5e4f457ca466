/// A sheet to be written: its cells, merges and column widths.
public struct SheetWriter: Sendable {
  /// The name.
  public let name: String
  /// Whether a user sees the sheet.
  public let visibility: SheetVisibility

  private(set) var cells: [CellReference: CellContent] = [:]
  private var extras: SheetExtras
  private var lastRow = 0

  var merges: [CellRange] { extras.merges }
  var tables: [SheetTable] { extras.tables }
  var widths: [Int: Double] { extras.widths }

  init(name: String, visibility: SheetVisibility) {
    self.name = name
    self.visibility = visibility
    extras = SheetExtras(sheet: name)
  }

  /// The number of the row that ``append(_:)`` writes next, counted from 1.
  public var nextRow: Int { lastRow + 1 }

  /// Writes a row after the last one, from column A on; an empty list leaves a row empty.
  ///
  /// Throws the kind `unwritable` for content that Excel would not read back.
  public mutating func append(_ contents: [CellContent]) throws(WorkbookError) {
    let row = nextRow
    for (index, content) in contents.enumerated() {
      guard let reference = CellReference(column: index + 1, row: row) else {
        throw extras.unwritable("row \(row) lies outside of a sheet or is too wide")
      }
      try set(content, at: reference)
    }
    lastRow = row
  }

  /// Writes a cell, in place of what it held.
  ///
  /// Throws the kind `unwritable` for content that Excel would not read back, and for another title of a table's column
  /// than it had when the table was added.
  public mutating func set(
    _ content: CellContent, at reference: CellReference
  ) throws(WorkbookError) {
    if let problem = ContentRule.problem(content) {
      throw extras.unwritable(problem, at: reference)
    }
    if !extras.headers.isEmpty, let problem = extras.headerProblem(content, at: reference) {
      throw extras.unwritable(problem, at: reference)
    }
    cells[reference] = content
    lastRow = max(lastRow, reference.row)
  }

  /// Merges a range, such as `A1:M1`; its value is that of its first cell.
  ///
  /// Throws the kind `unwritable` when it overlaps another one or is a single cell.
  public mutating func merge(_ range: CellRange) throws(WorkbookError) { try extras.merge(range) }

  /// Makes a range a table with this name; its first row has the names of its columns.
  ///
  /// The names must be texts in the cells by then and no formulas, none empty and none twice.
  ///
  /// Throws the kind `unwritable` when they are not, when Excel refuses the name of the table or its size, or when it
  /// overlaps another table or a merged range.
  ///
  /// `hasTotals`: whether the last row of the range is a row of totals.
  public mutating func addTable(
    _ name: String, _ range: CellRange, hasTotals: Bool = false
  ) throws(WorkbookError) {
    var columns: [String] = []
    for index in 0...range.last.column - range.first.column {
      let place = SheetExtras.header(index, of: range)
      guard let content = cells[place], content.formula == nil,
        case .text(let title) = content.value,
        !title.isEmpty
      else {
        throw extras.unwritable(
          "the header of a table must be a text (ECMA-376, part 1, section 18.5.1.3)", at: place)
      }
      columns.append(title)
    }
    try extras.addTable(name, range, columns: columns, hasTotals: hasTotals)
  }

  /// Makes a column, 1 for `A`, as wide as `width` digits of the standard font.
  public mutating func setWidth(_ width: Double, ofColumn column: Int) throws(WorkbookError) {
    try extras.setWidth(width, ofColumn: column)
  }
}

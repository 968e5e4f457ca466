/// What a sheet to be written has beside its cells, checked as Excel would check it.
struct SheetExtras: Sendable {
  private let sheet: String
  private(set) var merges: [CellRange] = []
  private(set) var tables: [SheetTable] = []
  private(set) var widths: [Int: Double] = [:]

  init(sheet: String) { self.sheet = sheet }

  mutating func merge(_ range: CellRange) throws(WorkbookError) {
    guard range.first != range.last else {
      throw unwritable("a single cell cannot be merged", at: range.first)
    }
    if let other = merges.first(where: { $0.overlaps(range) }) {
      throw unwritable("the merged ranges \(other) and \(range) overlap")
    }
    if let table = tables.first(where: { $0.range.overlaps(range) }) {
      throw unwritable("the merged range \(range) overlaps the table \(shown(table.name))")
    }
    merges.append(range)
  }

  mutating func addTable(
    _ name: String, _ range: CellRange, columns: [String], hasTotals: Bool
  ) throws(WorkbookError) {
    let width = range.last.column - range.first.column + 1
    guard Self.isTableName(name) else {
      throw unwritable("Excel does not allow the table name \(shown(name))")
    }
    guard columns.count == width else {
      throw unwritable("the table \(shown(name)) has \(width) columns and \(columns.count) names")
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
    if let merge = merges.first(where: { $0.overlaps(range) }) {
      throw unwritable("the merged range \(merge) overlaps the table \(shown(name))")
    }
    tables.append(
      SheetTable(
        name: name, range: range, columns: columns, headerRows: 1, totalsRows: hasTotals ? 1 : 0))
  }

  /// A letter or an underscore, then letters, digits, underscores and points; and no reference to a cell.
  private static func isTableName(_ name: String) -> Bool {
    guard let first = name.first, name.utf16.count <= 255, first.isLetter || first == "_",
      CellReference(name) == nil
    else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
  }

  mutating func setWidth(_ width: Double, ofColumn column: Int) throws(WorkbookError) {
    // Source: ECMA-376, part 1, section 18.3.1.13, and Excel's limit.
    guard 1...CellReference.lastColumn ~= column, 0...255 ~= width else {
      throw unwritable("the width \(width) of column \(column) is out of range")
    }
    widths[column] = width
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

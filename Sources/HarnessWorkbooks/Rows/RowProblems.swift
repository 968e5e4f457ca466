/// Gathers what is wrong with the rows of a table, so that one error tells all of it.
final class RowProblems {
  private var cells: [WorkbookError.BadCell] = []
  private var missingColumns: [String] = []
  private var oddities: [String] = []
  private var asked = AskedColumns()
  private var bound: [Int?]?

  func add(_ source: CellSource, header: TableHeader, wanted: String, hint: String?) {
    // One cell may be asked for twice in turn, as a type and as what the type is made of.
    guard cells.last?.reference != source.reference else { return }
    cells.append(
      .init(
        reference: source.reference, header: header.title(ofColumn: source.reference.column),
        value: source.cell.value, wanted: wanted, hint: hint))
  }

  /// The column of a name; nil when the header has none.
  func column(_ name: String, of header: @autoclosure () -> TableHeader) -> Int? {
    if let known = asked.column(name) { return known }
    let column = header().column(name)
    asked.add(name, column)
    return column
  }

  /// The columns of the bindings of a table, of which there is one list for all its rows.
  func columns(of bindings: [ColumnBinding], _ header: TableHeader) -> [Int?] {
    if let bound { return bound }
    let columns = bindings.map { header.column($0.name) }
    bound = columns
    return columns
  }

  func addMissingColumn(_ name: String) {
    if !missingColumns.contains(name) { missingColumns.append(name) }
  }

  /// Decodes a row; nil, with the reasons gathered, when something is wrong with it.
  func decode<Value: Decodable>(_ type: Value.Type, from row: TableRow) -> Value? {
    let before = count
    do {
      let value = try Value(from: RowDecoder(row: row, problems: self))
      return count == before ? value : nil
    } catch {
      if count == before { oddities.append("row \(row.number): \(error)") }
      return nil
    }
  }

  /// Whether the header has none of the names that were asked for.
  private var hasNoColumn: Bool {
    asked.areNone && bound?.contains { $0 != nil } != true
  }

  private var count: Int { cells.count + missingColumns.count + oddities.count }

  /// All that was gathered as one error; nil when nothing was.
  ///
  /// `isAssumed`: whether the header is just the first row there is.
  func error(_ type: Any.Type, header: TableHeader, isAssumed: Bool) -> WorkbookError? {
    if !missingColumns.isEmpty {
      let names = shown(Array(missingColumns.prefix(2)))
      let advice =
        isAssumed && hasNoColumn
        ? "\n  try  `header: .search([\(names)])`, if these names are in a later row" : ""
      return WorkbookError(
        .missingColumns,
        "the header in row \(header.row) lacks \(shown(missingColumns)); it has \(shown(header.names))"
          + advice)
    }
    if !cells.isEmpty {
      let what = cells.count == 1 ? "a cell" : "\(cells.count) cells"
      var error = WorkbookError(.badCells, "\(what) cannot be read as \(type)")
      error.cells = cells
      return error
    }
    return oddities.first.map { WorkbookError(.badCells, "rows cannot be read as \(type): \($0)") }
  }
}

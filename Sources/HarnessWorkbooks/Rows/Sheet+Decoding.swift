extension Sheet {
  /// Reads the rows below a header as values of a type.
  ///
  /// The coding keys of the type are the names of the columns. Rows without a filled cell are passed
  /// over; `role` says what each other row is:
  ///
  /// ```swift
  /// let bulletin = try sheet.decode(Listing.self, header: .search(["Code", "Closing Price"])) { row in
  ///   if let title = row.onlyText { .section(title) } else { .data }
  /// }
  /// for sector in bulletin.sections { print(sector.title ?? "", sector.rows.count) }
  /// ```
  ///
  /// Text is given without blanks around it, and a blank cell is nil for an optional property.
  /// Numbers may be numbers or text, with thousands separators. A `Decimal` is made of digits, never of
  /// a `Double`, and of a number cell with 15 significant ones: those that Excel keeps and shows. The
  /// 16th and 17th, such as in `9232805278.200001`, come from the binary number in the file.
  ///
  /// - Parameters:
  ///   - type: The type of a row, with one property for each column that it wants.
  ///   - header: Where the header is.
  ///   - role: What a row is, called for each row with a filled cell in turn.
  /// - Returns: The rows, and the sections and skipped rows around them.
  /// - Throws: A ``WorkbookError``: `missingHeader`; `missingColumns` when the header lacks columns that
  ///   the type needs; `badCells` with every cell of the sheet that is not of the type wanted.
  public func decode<Value: Decodable>(
    _ type: Value.Type, header: HeaderSearch = .firstRow,
    role: (TableRow) -> RowRole = { _ in .data }
  ) throws(WorkbookError) -> DecodedRows<Value> {
    try read(TableAssembly(header, merges: sweep(header)), from: rows, role: role) {
      $1.decode(type, from: $0)
    }
  }

  /// Reads the rows of a table of the sheet as values of a type, without its totals.
  ///
  /// As ``decode(_:header:role:)-(Value.Type,_,_)`` does with a header row; a table whose header is hidden has the names of
  /// its columns all the same.
  ///
  /// - Throws: A ``WorkbookError``: `missingTable`, with the tables that there are; and as the other form does.
  public func decode<Value: Decodable>(
    _ type: Value.Type, table name: String
  ) throws(WorkbookError) -> DecodedRows<Value> {
    let table = try table(name)
    var assembly = TableAssembly<Value>(.firstRow)
    assembly.begin(with: TableHeader(table))
    let rows = self.rows.lazy.filter { table.dataRows.contains($0.number) }
    return try read(assembly, from: rows, role: { _ in .data }) { $1.decode(type, from: $0) }
  }

  func table(_ name: String) throws(WorkbookError) -> SheetTable {
    if let table = tables.first(where: { matchable($0.name) == matchable(name) }) { return table }
    let names = tables.isEmpty ? "none" : shown(tables.map(\.name))
    throw located(
      WorkbookError(.missingTable, "there is no table \(shown(name)); the sheet has \(names)"))
  }

  func sweep(_ header: HeaderSearch) -> MergeSweep? {
    header.fillsMerges ? MergeSweep(merges, in: storage) : nil
  }

  func read<Value>(
    _ table: consuming TableAssembly<Value>, from rows: some Sequence<SheetRow>,
    role: (TableRow) -> RowRole, decode: (TableRow, RowProblems) -> Value?
  ) throws(WorkbookError) -> DecodedRows<Value> {
    do throws(WorkbookError) {
      for row in rows {
        if try !table.take(row, role: role, decode: decode) { break }
      }
      return try table.finish()
    } catch {
      throw located(error)
    }
  }
}

extension SheetTable {
  /// The rows between the header and the totals.
  var dataRows: Range<Int> {
    let first = range.first.row + max(0, min(headerRows, 1))
    return first..<max(first, range.last.row + 1 - max(0, min(totalsRows, 1)))
  }
}

extension TableHeader {
  /// The header of a table, by the names that the table itself has.
  init(_ table: SheetTable) {
    let columns = table.range.first.column...table.range.last.column
    self.init(
      row: table.range.first.row,
      titles: zip(columns, table.columns).map { ($0, headerTitle($1)) }, aliases: [:])
  }
}

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
    let header = try self.header(header)
    var decoded = DecodedRows<Value>(header: header)
    let problems = RowProblems()
    reading: for row in rows where row.number > header.row {
      let row = TableRow(row, header: header)
      if row.isBlank { continue }
      switch role(row) {
      case .data:
        if let value = problems.decode(type, from: row) { decoded.add(value) }
      case .section(let title): decoded.sections.append(.init(title: title, rows: []))
      case .skip: decoded.skipped.append(row)
      case .stop: break reading
      }
    }
    if let error = problems.error(type, header: header) { throw located(error) }
    return decoded
  }
}

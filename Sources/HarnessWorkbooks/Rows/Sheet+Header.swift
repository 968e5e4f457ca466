extension Sheet {
  /// Finds the header of a table.
  ///
  /// Throws the kind `missingHeader`, with the row that came nearest, when no row has all the names.
  public func header(_ search: HeaderSearch) throws(WorkbookError) -> TableHeader {
    switch search.place {
    case .row(let number):
      guard let row = rows.first(where: { $0.number == number }) else {
        throw located(WorkbookError(.missingHeader, "row \(number), the header, is empty"))
      }
      return TableHeader(row, aliases: search.aliases)
    case .search(let names, let limit):
      var nearest: (header: TableHeader, missing: [String])?
      for row in rows {
        if row.number > limit { break }
        let header = TableHeader(row, aliases: search.aliases)
        let missing = names.filter { header.column($0) == nil }
        if missing.isEmpty, !header.names.isEmpty { return header }
        if missing.count < nearest?.missing.count ?? names.count { nearest = (header, missing) }
      }
      throw located(missingHeader(names, within: limit, nearest: nearest))
    }
  }

  private func missingHeader(
    _ names: [String], within limit: Int, nearest: (header: TableHeader, missing: [String])?
  ) -> WorkbookError {
    let wanted = quoted(names)
    guard let nearest else {
      let reach = limit == CellReference.lastRow ? "no row" : "none of the first \(limit) rows"
      return WorkbookError(.missingHeader, "\(reach) has the header \(wanted)")
    }
    return WorkbookError(
      .missingHeader,
      "no row has the header \(wanted); row \(nearest.header.row) comes nearest and lacks "
        + "\(quoted(nearest.missing)): it has \(quoted(nearest.header.names))")
  }

  /// An error with the place of this sheet.
  func located(_ error: WorkbookError) -> WorkbookError {
    var error = error
    error.file = file
    error.sheet = name
    return error
  }
}

/// Names in quotes, with commas between them.
func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

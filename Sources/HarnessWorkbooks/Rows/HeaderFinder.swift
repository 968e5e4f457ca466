/// Finds the header of a table among rows that come one after the other.
struct HeaderFinder {
  private let search: HeaderSearch
  private var nearest: (header: TableHeader, missing: [String])?

  init(_ search: HeaderSearch) { self.search = search }

  /// Whether the first row with cells is the header, whatever it has.
  var isFirstRow: Bool {
    if case .search(let names, _) = search.place { names.isEmpty } else { false }
  }

  /// Takes in the next row: the header, if it is that.
  ///
  /// Throws the kind `missingHeader` when no later row can be the header.
  mutating func take(
    _ row: SheetRow, merges: ActiveMerges?
  ) throws(WorkbookError) -> TableHeader? {
    switch search.place {
    case .row(let number):
      if row.number == number { return header(row, merges) }
      if row.number > number { throw missing() }
      return nil
    case .search(let names, let limit):
      if row.number > limit { throw missing() }
      let header = header(row, merges)
      let missing = names.filter { header.column($0) == nil }
      if missing.isEmpty, !header.names.isEmpty { return header }
      if missing.count < nearest?.missing.count ?? names.count { nearest = (header, missing) }
      return nil
    }
  }

  private func header(_ row: SheetRow, _ merges: ActiveMerges?) -> TableHeader {
    guard let merges else {
      return TableHeader(
        row: row.number, cells: row.map { ($0.reference.column, $0) }, aliases: search.aliases)
    }
    let columns = Set(row.map(\.reference.column)).union(merges.columns).sorted()
    let cells = columns.map { column in
      let cell = row[column: column]
      let first = cell.isBlank ? merges.first(covering: cell.reference) : nil
      return (column, first.map { CellSource($0, of: merges.storage).cell } ?? cell)
    }
    return TableHeader(row: row.number, cells: cells, aliases: search.aliases)
  }

  /// Why there is no header.
  func missing() -> WorkbookError {
    switch search.place {
    case .row(let number):
      return WorkbookError(.missingHeader, "row \(number), the header, is empty")
    case .search(let names, let limit):
      let wanted = shown(names)
      guard let nearest else {
        let reach = limit == CellReference.lastRow ? "no row" : "none of the first \(limit) rows"
        return WorkbookError(.missingHeader, "\(reach) has the header \(wanted)")
      }
      return WorkbookError(
        .missingHeader,
        "no row has the header \(wanted); row \(nearest.header.row) comes nearest and lacks "
          + "\(shown(nearest.missing)): it has \(shown(nearest.header.names))")
    }
  }
}

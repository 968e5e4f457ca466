/// Makes values of the rows of a table, as the rows of its sheet come: first the header, then the rest.
struct TableAssembly<Value> {
  private enum Stage {
    case header(HeaderFinder)
    case rows(DecodedRows<Value>)
  }

  private let search: HeaderSearch
  private let problems = RowProblems()
  private var merges: MergeSweep?
  private var stage: Stage

  /// `merges`: the merged ranges, where they count.
  init(_ search: HeaderSearch, merges: MergeSweep? = nil) {
    self.search = search
    self.merges = merges
    stage = .header(HeaderFinder(search))
  }

  /// Begins with a header that is known.
  mutating func begin(with header: TableHeader) { stage = .rows(DecodedRows(header: header)) }

  /// Takes in the next row of the sheet; false when no more are wanted.
  ///
  /// `role`: what the row is, asked of rows behind the header that show something.
  /// `decode`: makes a value of a row, or tells the problems why it cannot.
  mutating func take(
    _ row: SheetRow, role: (TableRow) -> RowRole, decode: (TableRow, RowProblems) -> Value?
  ) throws(WorkbookError) -> Bool {
    let active = merges?.moved(to: row.number)
    switch stage {
    case .header(var finder):
      if let header = try finder.take(row, merges: active) {
        begin(with: header)
      } else {
        stage = .header(finder)
      }
      return true
    case .rows(var decoded):
      // Moved out, so that adding to it copies nothing.
      stage = .header(HeaderFinder(search))
      defer { stage = .rows(decoded) }
      let row = TableRow(row, header: decoded.header, merges: active)
      if row.isBlank { return true }
      return add(row, as: role(row), decode, to: &decoded)
    }
  }

  private func add(
    _ row: TableRow, as role: RowRole, _ decode: (TableRow, RowProblems) -> Value?,
    to decoded: inout DecodedRows<Value>
  ) -> Bool {
    switch role {
    case .data:
      if let value = decode(row, problems) { decoded.add(value) }
    case .section(let title): decoded.sections.append(.init(title: title, rows: []))
    case .skip: decoded.skipped.append(row)
    case .stop: return false
    }
    return true
  }

  /// The rows; what is wrong with any of them as one error.
  consuming func finish() throws(WorkbookError) -> DecodedRows<Value> {
    switch stage {
    case .header(let finder): throw finder.missing()
    case .rows(let decoded):
      if let error = problems.error(Value.self, header: decoded.header) { throw error }
      return decoded
    }
  }
}

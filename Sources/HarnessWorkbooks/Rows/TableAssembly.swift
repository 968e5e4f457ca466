/// Makes values of the rows of a table, as the rows of its sheet come: first the header, then the rest.
struct TableAssembly<Value> {
  private let problems = RowProblems()
  private var merges: MergeSweep?
  private var finder: HeaderFinder
  private var isAssumed = false
  // Nil until the header is found.
  private var decoded: DecodedRows<Value>?

  /// `merges`: the merged ranges, where they count.
  init(_ search: HeaderSearch, merges: MergeSweep? = nil) {
    self.merges = merges
    finder = HeaderFinder(search)
  }

  /// Begins with a header that is known.
  mutating func begin(with header: TableHeader) { decoded = DecodedRows(header: header) }

  /// Takes in the next row of the sheet; false when no more are wanted.
  ///
  /// `role`: what the row is, asked of rows behind the header that show something.
  /// `decode`: makes a value of a row, or tells the problems why it cannot.
  mutating func take(
    _ row: SheetRow, role: (TableRow) -> RowRole, decode: (TableRow, RowProblems) -> Value?
  ) throws(WorkbookError) -> Bool {
    let active = merges?.moved(to: row.number)
    guard let header = decoded?.header else {
      if let header = try finder.take(row, merges: active) {
        begin(with: header)
        isAssumed = finder.isFirstRow
      }
      return true
    }
    let row = TableRow(row, header: header, merges: active)
    if row.isBlank { return true }
    switch role(row) {
    case .data:
      if let value = decode(row, problems) { decoded?.add(value) }
    case .section(let title): decoded?.beginSection(title)
    case .skip: decoded?.skipped.append(row)
    case .stop: return false
    }
    return true
  }

  /// The rows; what is wrong with any of them as one error.
  consuming func finish() throws(WorkbookError) -> DecodedRows<Value> {
    guard let decoded else { throw finder.missing() }
    if let error = problems.error(Value.self, header: decoded.header, isAssumed: isAssumed) {
      throw error
    }
    return decoded
  }
}

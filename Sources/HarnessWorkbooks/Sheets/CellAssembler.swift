/// Makes stored cells of what a parser finds in a sheet's data.
///
/// Both parsers of sheet data, the general one and the scanner, hand their rows and cells to it, so that
/// what a cell means is decided in one place.
struct CellAssembler {
  /// The type of a cell's value.
  ///
  /// Source: ECMA-376, part 1, section 18.18.11 (ST_CellType).
  enum ValueType: Equatable {
    case number, sharedString, formulaText, inlineText, boolean, error, isoDate
    case unknown(String)
  }

  /// Which elements a cell has, be they empty.
  struct Presence {
    var value: Bool
    var inline: Bool
    var formula: Bool
  }

  private let stringCount: Int
  private let styleCount: Int
  private let limits: WorkbookLimits
  private let batchCells: Int
  // Rows that are in batches since before the part was begun again; their cells are passed over.
  private var rowsToSkip = 0

  /// The cells of the rows that are not in a batch yet.
  private var current = CellStore()
  private var batches: [CellStore] = []
  private var spares: [CellStore] = []
  private(set) var sharedFormulas: [SharedFormula] = []
  private var groups: [Int: Int] = [:]
  private(set) var damage = SheetDamage()

  private var rowCount = 0
  /// How many rows all batches that have ended hold.
  private var rowsInBatches = 0
  /// What is damaged in them: passed over with their rows when the part is begun again.
  private var damageInBatches = SheetDamage()
  private var formulaBytes = 0
  private var row = 0
  private var column = 0
  /// The cell that has begun last.
  private(set) var reference = CellReference(checkedColumn: 1, row: 1)
  private var style: UInt16 = 0
  private var hasUnknownStyle = false
  /// The first cell with a style that the workbook does not have.
  private(set) var unknownStyle: CellReference?
  private var type = ValueType.number

  /// `batchCells`: after how many cells a batch ends at the next row; no batch ends with `.max`.
  init(stringCount: Int, styleCount: Int, limits: WorkbookLimits, batchCells: Int = .max) {
    self.stringCount = stringCount
    // A workbook that lists no styles has one all the same.
    self.styleCount = max(1, styleCount)
    self.limits = limits
    self.batchCells = batchCells
  }

  /// The assembler for the same part from its start, which keeps the batches that have ended.
  func restarted() -> CellAssembler {
    var other = CellAssembler(
      stringCount: stringCount, styleCount: styleCount, limits: limits, batchCells: batchCells)
    other.unknownStyle = unknownStyle
    other.batches = batches
    other.rowsToSkip = rowsInBatches
    other.damage = damageInBatches
    other.damageInBatches = damageInBatches
    return other
  }
}

extension CellAssembler {
  /// Begins a row; one without a number follows the one before.
  mutating func startRow(_ number: Span<UInt8>?) throws(WorkbookError) {
    rowCount += 1
    guard rowCount <= limits.rows else {
      throw WorkbookError(
        .limitExceeded, "the sheet has more rows than the limit `rows`, \(limits.rows)")
    }
    column = 0
    if let number {
      guard let given = wholeNumber(number), 1...CellReference.lastRow ~= given else {
        throw WorkbookError(
          .badReference, "\(shown(String(decoding: number))) is not a row of a sheet")
      }
      row = given
    } else {
      row += 1
      guard row <= CellReference.lastRow else {
        throw WorkbookError(
          .badReference, "there are more rows than the \(CellReference.lastRow) of a sheet")
      }
    }
    if current.count >= batchCells { endBatch() }
  }

  /// Begins a cell of the first style; one without a reference follows the one before.
  mutating func startCell(
    reference text: Span<UInt8>?, type: ValueType
  ) throws(WorkbookError) {
    if let text {
      guard let given = CellReference(ofCell: text) else {
        throw WorkbookError(
          .badReference, "\(shown(String(decoding: text))) is not a cell of a sheet")
      }
      reference = given
    } else {
      guard let next = CellReference(column: column + 1, row: max(1, row)) else {
        throw WorkbookError(
          .badReference,
          "row \(row) has more cells than the \(CellReference.lastColumn) of a sheet")
      }
      reference = next
    }
    column = reference.column
    style = 0
    hasUnknownStyle = false
    self.type = type
  }

  /// Gives the cell that has begun its style, by the number of it.
  mutating func setStyle(_ text: Span<UInt8>) {
    if let number = wholeNumber(text) ?? wholeNumber(text.extracting(text.trimmedRange)),
      number < styleCount, let style = UInt16(exactly: number)
    {
      self.style = style
    } else {
      hasUnknownStyle = true
    }
  }

  /// Ends the cell.
  ///
  /// `value`: the text of its value, references replaced; empty where it has none.
  /// `inline`: the text of its inline string, which wins over a stray value beside it.
  /// `formula`: the text of its formula.
  /// `has`: which of these it has at all.
  /// `group`: the number of the group that shares the formula.
  /// `runs`: the runs of the inline string, where it is a rich text.
  /// `written`: the inline string as the file has it, where it lost blanks.
  mutating func endCell(
    value: Span<UInt8>, inline: Span<UInt8>, formula: Span<UInt8>, has: Presence, group: Int?,
    runs: [RunTable.Run] = [], written: WrittenText? = nil
  ) throws(WorkbookError) {
    if rowCount <= rowsToSkip {
      // Later cells may share the formula of one that is passed over.
      if has.formula, let group, !formula.isEmpty { try share(formula, group) }
      return
    }
    let content: StoredCell.Content =
      has.inline ? .text(try store(inline, runs, written)) : try self.content(value, has)
    let formula = has.formula ? try stored(formula, group) : nil
    // A cell that has a style and nothing else holds nothing, unless it takes back one at its place.
    if case .empty = content, formula == nil, current.isBehindAll(reference) { return }
    guard current.count < limits.cells else {
      throw WorkbookError(
        .limitExceeded, "the sheet has more cells than the limit `cells`, \(limits.cells)",
        cell: reference)
    }
    if hasUnknownStyle, unknownStyle == nil { unknownStyle = reference }
    current.add(reference, style: style, content, formula: formula)
  }

  private mutating func stored(
    _ formula: Span<UInt8>, _ group: Int?
  ) throws(WorkbookError) -> (text: Range<Int>, group: Int)? {
    if let group {
      if formula.isEmpty { return groups[group].map { (0..<0, $0) } }
      try share(formula, group)
    }
    return (try storeUnescaped(formula), 0)
  }

  private mutating func share(_ formula: Span<UInt8>, _ group: Int) throws(WorkbookError) {
    try limits.checkList(sharedFormulas.count, of: "shared formulas")
    guard formulaBytes + formula.count <= limits.stringBytes else { throw tooManyBytes }
    formulaBytes += formula.count
    sharedFormulas.append(
      SharedFormula(text: unescaped(formula.bytes), origin: reference))
    groups[group] = sharedFormulas.count
  }
}

extension CellAssembler {
  private mutating func content(
    _ value: Span<UInt8>, _ has: Presence
  ) throws(WorkbookError) -> StoredCell.Content {
    switch type {
    case .formulaText, .inlineText:
      // A text that is empty, such as a formula may give, is another thing than no value.
      return has.value ? .text(try storeUnescaped(value)) : .empty
    case .number, .sharedString, .boolean, .error, .isoDate, .unknown: break
    }
    let trimmed = value.extracting(value.trimmedRange)
    if trimmed.isEmpty { return .empty }
    switch type {
    case .number: return try number(trimmed)
    case .sharedString:
      guard let index = wholeNumber(trimmed), index < stringCount else {
        return damaged(trimmed, "one of the \(stringCount) shared strings")
      }
      return .sharedString(index)
    case .boolean:
      if trimmed.isEqual(to: "1") || trimmed.isEqual(toLowercase: "true") { return .boolean(true) }
      if trimmed.isEqual(to: "0") || trimmed.isEqual(toLowercase: "false") {
        return .boolean(false)
      }
      return damaged(trimmed, "TRUE or FALSE")
    case .error: return .error(try store(trimmed))
    case .isoDate:
      guard ISODate.value(of: trimmed) != nil else {
        return damaged(
          trimmed, "a day, a time or a duration of ISO 8601",
          ISODate.hint(on: String(decoding: trimmed)))
      }
      return .isoDate(try store(trimmed))
    case .unknown(let name):
      return damaged(trimmed, "a value of a known type", "its type is \(shown(name))")
    case .formulaText, .inlineText: return .empty
    }
  }

  private mutating func number(_ text: Span<UInt8>) throws(WorkbookError) -> StoredCell.Content {
    if text.count <= StoredCell.shortDigits, let packed = packedNumber(text) {
      return .shortNumber(packed)
    }
    guard isNumber(text) else { return damaged(text, "a number") }
    // Without an exponent it takes more than three hundred digits to be too large.
    if text.count > 300 || text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }),
      !double(ofNumber: text).isFinite
    {
      return damaged(text, "a number that a cell can hold")
    }
    return .number(try store(text))
  }

  private mutating func damaged(
    _ text: Span<UInt8>, _ wanted: String, _ hint: String? = nil
  ) -> StoredCell.Content {
    damage.add(
      .init(
        reference: reference, header: "", value: .text(String(decoding: text)), wanted: wanted,
        hint: hint))
    return .empty
  }

  private mutating func storeUnescaped(_ text: Span<UInt8>) throws(WorkbookError) -> Range<Int> {
    guard text.mayHoldEscapes else { return try store(text) }
    return try store(Array(unescaped(text.bytes).utf8).span)
  }

  private mutating func store(
    _ text: Span<UInt8>, _ runs: [RunTable.Run], _ written: WrittenText?
  ) throws(WorkbookError) -> Range<Int> {
    guard let written else { return try store(text, runs) }
    let whole = try store(written.plain.span)
    var place = try store(text, runs)
    if place.isEmpty {
      // An empty text starts where the next one does; this one must be told from it.
      let filler: [UInt8] = [0]
      let start = try store(filler.span).lowerBound
      place = start..<start
    }
    current.written.add(whole, for: place.lowerBound)
    return place
  }

  private mutating func store(
    _ text: Span<UInt8>, _ runs: [RunTable.Run]
  ) throws(WorkbookError) -> Range<Int> {
    guard !runs.isEmpty else { return try storeUnescaped(text) }
    try limits.checkRuns(current.runs.count + runs.count)
    var runs = runs
    let place = try store(unescaped(text, &runs).span)
    current.runs.add(runs, ofTextAt: place.lowerBound)
    return place
  }

  private mutating func store(_ text: Span<UInt8>) throws(WorkbookError) -> Range<Int> {
    guard current.arena.count + text.count <= limits.stringBytes else { throw tooManyBytes }
    return current.store(text)
  }

  private var tooManyBytes: WorkbookError {
    WorkbookError(
      .limitExceeded,
      "the texts of the sheet have more bytes than the limit `stringBytes`, \(limits.stringBytes)",
      cell: reference)
  }
}

extension CellAssembler {
  /// Ends the last batch.
  mutating func finish() {
    if current.count > 0 || batches.isEmpty { endBatch() }
  }

  private mutating func endBatch() {
    batches.append(current)
    current = spares.popLast() ?? CellStore()
    // Ended by the row that has just begun.
    rowsInBatches = rowCount - 1
    damageInBatches = damage
  }

  /// The first batch that has ended and was not taken yet.
  mutating func takeBatch() -> CellStore? { batches.isEmpty ? nil : batches.removeFirst() }

  /// Takes a batch back, to use its room again.
  mutating func recycle(_ batch: consuming CellStore) {
    batch.clear()
    spares.append(batch)
  }
}

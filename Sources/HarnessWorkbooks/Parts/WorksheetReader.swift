/// Reads the cells of a worksheet part, and what the part says about them.
///
/// The `dimension` of the sheet is not looked at: it is often wrong, and never needed. A row, a cell or a value
/// that stands elsewhere than the schema has it, or twice, is refused, because readers differ on what it means.
///
/// Source: ECMA-376, part 1, section 18.3.1.
final class WorksheetReader: PartReader {
  let root: StaticString = "worksheet"
  let namespaces = XMLNamespace.spreadsheet
  var assembler: CellAssembler
  private(set) var notes = SheetNotes()
  private(set) var isAtStartOfData = false

  private let limits: WorkbookLimits
  private var depth = 0
  /// How deep the reader is in an `extLst`, which other applications fill and which has no cells of this sheet.
  private var extensionDepth = 0
  private var hasData = false
  private var isInData = false
  private var isInRow = false
  private var isInCell = false
  private var isInValue = false
  private var isInFormula = false
  private var isInInlineString = false
  private var hasValue = false
  private var hasInlineString = false
  private var hasFormula = false
  private var sharedGroup: Int?
  private var value: TextCollector
  private var formula: TextCollector
  private var inlineString: RichText

  init(_ assembler: CellAssembler, limits: WorkbookLimits) {
    self.assembler = assembler
    self.limits = limits
    value = TextCollector(limits)
    formula = TextCollector(limits)
    inlineString = RichText(limits)
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    depth += 1
    isAtStartOfData = depth == 2 && element.name == "sheetData"
    if extensionDepth > 0 || element.name == "extLst" {
      extensionDepth += 1
      return
    }
    switch element.name {
    case "sheetData":
      guard depth == 2 else { throw misplaced(element, notIn: "worksheet") }
      guard !hasData else { throw WorkbookError(.damagedPart, "it has two `sheetData`") }
      hasData = true
      isInData = true
    case "row":
      guard isInData, depth == 3 else { throw misplaced(element, notIn: "sheetData") }
      isInRow = true
      try element.withAttribute("r") { (text) throws(WorkbookError) in
        try assembler.startRow(text)
      }
    case "c":
      guard isInRow, depth == 4 else { throw misplaced(element, notIn: "row") }
      try startCell(element)
    case "v" where isInData:
      try takeOnce(&hasValue, element)
      isInValue = true
    case "f" where isInData:
      try takeOnce(&hasFormula, element)
      isInFormula = true
      if element.attribute("t") == "shared" {
        sharedGroup = element.count("si")
      }
    case "is" where isInData:
      try takeOnce(&hasInlineString, element)
      isInInlineString = true
    default:
      if isInInlineString {
        inlineString.started(element)
      } else {
        try notes.add(element, limits: limits)
      }
    }
  }

  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    isAtStartOfData = false
    if extensionDepth > 0 { return }
    if isInValue {
      try value.add(piece)
    } else if isInFormula {
      try formula.add(piece)
    } else if isInInlineString {
      try inlineString.add(piece)
    }
  }

  func endElement(_ name: XMLName) throws(WorkbookError) {
    depth -= 1
    isAtStartOfData = false
    if extensionDepth > 0 {
      extensionDepth -= 1
      return
    }
    switch name {
    case "sheetData": isInData = false
    case "row": isInRow = false
    case "c": try endCell()
    case "v": isInValue = false
    case "f": isInFormula = false
    case "is": isInInlineString = false
    default:
      if isInInlineString { inlineString.ended(name) }
    }
  }

  /// Lets an element of a cell be the first of its kind, and stand directly in the cell.
  private func takeOnce(_ isThere: inout Bool, _ element: XMLElement) throws(WorkbookError) {
    guard isInCell, depth == 5 else { throw misplaced(element, notIn: "c") }
    guard !isThere else {
      throw WorkbookError(
        .damagedPart, "the cell has two `\(element.name.string)`", cell: assembler.reference)
    }
    isThere = true
  }

  /// The error of an element that stands elsewhere than in the one that it belongs to.
  private func misplaced(_ element: XMLElement, notIn parent: String) -> WorkbookError {
    let own = element.name == "c" ? element.attribute("r").flatMap { CellReference($0) } : nil
    return WorkbookError(
      .damagedPart,
      "a `\(element.name.string)` stands elsewhere than directly in a `\(parent)`",
      cell: own ?? (isInCell ? assembler.reference : nil))
  }

  private func startCell(_ element: XMLElement) throws(WorkbookError) {
    let type = element.withAttribute("t") { CellAssembler.ValueType($0) }
    try element.withAttribute("r") { (text) throws(WorkbookError) in
      try assembler.startCell(reference: text, type: type)
    }
    element.withAttribute("s") { if let style = $0 { assembler.setStyle(style) } }
    isInCell = true
    hasValue = false
    hasInlineString = false
    hasFormula = false
    sharedGroup = nil
    value.clear()
    formula.clear()
    inlineString.clear()
  }

  private func endCell() throws(WorkbookError) {
    guard isInCell else { return }
    isInCell = false
    let (value, inline, formula) = (value.bytes, inlineString.bytes, formula.bytes)
    try assembler.endCell(
      value: value.span, inline: inline.span, formula: formula.span,
      has: .init(value: hasValue, inline: hasInlineString, formula: hasFormula),
      group: sharedGroup,
      runs: inlineString.runs, written: inlineString.written)
  }
}

extension CellAssembler.ValueType {
  /// The type by the attribute `t`, a number where there is none.
  init(_ text: Span<UInt8>?) {
    guard let text else {
      self = .number
      return
    }
    if text.isEqual(to: "s") {
      self = .sharedString
    } else if text.isEqual(to: "n") {
      self = .number
    } else if text.isEqual(to: "str") {
      self = .formulaText
    } else if text.isEqual(to: "inlineStr") {
      self = .inlineText
    } else if text.isEqual(to: "b") {
      self = .boolean
    } else if text.isEqual(to: "e") {
      self = .error
    } else if text.isEqual(to: "d") {
      self = .isoDate
    } else {
      self = .unknown(String(decoding: text))
    }
  }
}

/// Reads the cells of a worksheet part, and what the part says about them.
///
/// The `dimension` of the sheet is not looked at: it is often wrong, and never needed.
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
  private var isInCell = false
  private var isInValue = false
  private var isInFormula = false
  private var isInInlineString = false
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
    case "row":
      try element.withAttribute("r") { (text) throws(WorkbookError) in
        try assembler.startRow(text)
      }
    case "c": try startCell(element)
    case "v" where isInCell: isInValue = true
    case "f" where isInCell:
      isInFormula = true
      hasFormula = true
      if element.attribute("t") == "shared" {
        sharedGroup = element.count("si")
      }
    case "is" where isInCell:
      isInInlineString = true
      hasInlineString = true
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
    case "c": try endCell()
    case "v": isInValue = false
    case "f": isInFormula = false
    case "is": isInInlineString = false
    default:
      if isInInlineString { inlineString.ended(name) }
    }
  }

  private func startCell(_ element: XMLElement) throws(WorkbookError) {
    let style = element.count("s") ?? 0
    let type = element.withAttribute("t") { CellAssembler.ValueType($0) }
    try element.withAttribute("r") { (text) throws(WorkbookError) in
      try assembler.startCell(
        reference: text, style: UInt16(exactly: style) ?? 0, type: type)
    }
    isInCell = true
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
      has: .init(inline: hasInlineString, formula: hasFormula), group: sharedGroup,
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

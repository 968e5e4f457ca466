/// Reads the cells and merges of a worksheet part.
///
/// The `dimension` of the sheet is not looked at: it is often wrong, and never needed.
///
/// Source: ECMA-376, part 1, section 18.3.1.
final class WorksheetReader: PartReader {
  let root: StaticString = "worksheet"
  let namespaces = XMLNamespace.spreadsheet
  private(set) var content = SheetContent()

  private let stringCount: Int
  private let limits: WorkbookLimits
  private var row = 0
  private var column = 0
  private var cell: OpenCell?
  private var isInValue = false
  private var isInFormula = false
  private var isInInlineString = false
  private var value: TextCollector
  private var formula: TextCollector
  private var inlineString: RichText
  private var sharedFormulas: [Int: CellFormula] = [:]

  /// A cell whose end has not come yet.
  private struct OpenCell {
    let reference: CellReference
    let style: UInt16
    let type: String
    var hasInlineString = false
    var hasFormula = false
    var sharedFormula: Int?
  }

  init(stringCount: Int, limits: WorkbookLimits) {
    self.stringCount = stringCount
    self.limits = limits
    value = TextCollector(limits)
    formula = TextCollector(limits)
    inlineString = RichText(limits)
  }

  func startElement(_ element: XMLElement) throws(WorkbookError) {
    switch element.name {
    case "row": try startRow(element)
    case "c": try startCell(element)
    case "v" where cell != nil: isInValue = true
    case "f" where cell != nil:
      isInFormula = true
      cell?.hasFormula = true
      if element.attribute("t") == "shared" { cell?.sharedFormula = element.integer("si") }
    case "is" where cell != nil:
      isInInlineString = true
      cell?.hasInlineString = true
    case "mergeCell":
      let text = element.attribute("ref") ?? ""
      guard let range = CellRange(text) else {
        throw WorkbookError(
          .badReference, "the merged range \(shown(text)) is not one of this sheet")
      }
      try limits.checkList(content.merges.count, of: "merged ranges")
      content.merges.append(range)
    default:
      if isInInlineString { inlineString.started(element.name) }
    }
  }

  func text(_ piece: borrowing Span<UInt8>) throws(WorkbookError) {
    if isInValue {
      try value.add(piece)
    } else if isInFormula {
      try formula.add(piece)
    } else if isInInlineString {
      try inlineString.add(piece)
    }
  }

  func endElement(_ name: XMLName) throws(WorkbookError) {
    switch name {
    case "c": try endCell()
    case "v": isInValue = false
    case "f": isInFormula = false
    case "is": isInInlineString = false
    default:
      if isInInlineString { inlineString.ended(name) }
    }
  }

  private func startRow(_ element: XMLElement) throws(WorkbookError) {
    column = 0
    guard let text = element.attribute("r") else {
      // A row without a number follows the one before.
      row += 1
      guard row <= CellReference.lastRow else {
        throw WorkbookError(
          .badReference, "there are more rows than the \(CellReference.lastRow) of a sheet")
      }
      return
    }
    guard let number = Int(text), 1...CellReference.lastRow ~= number else {
      throw WorkbookError(.badReference, "\(shown(text)) is not a row of a sheet")
    }
    row = number
  }

  private func startCell(_ element: XMLElement) throws(WorkbookError) {
    let reference: CellReference
    if let text = element.attribute("r") {
      guard let given = CellReference(text) else {
        throw WorkbookError(.badReference, "\(shown(text)) is not a cell of a sheet")
      }
      reference = given
    } else {
      // A cell without a reference follows the one before.
      guard let next = CellReference(column: column + 1, row: max(1, row)) else {
        throw WorkbookError(
          .badReference, "row \(row) has more cells than the \(CellReference.lastColumn) of a sheet"
        )
      }
      reference = next
    }
    column = reference.column
    cell = OpenCell(
      reference: reference, style: element.integer("s").flatMap { UInt16(exactly: $0) } ?? 0,
      type: element.attribute("t") ?? "n")
    value.clear()
    formula.clear()
    inlineString.clear()
  }

  private func endCell() throws(WorkbookError) {
    guard let cell else { return }
    self.cell = nil
    let stored = try storedContent(of: cell)
    let formula = formulaOfCell(cell)
    // A cell that has a style and nothing else holds nothing.
    if case .empty = stored, formula == nil { return }
    guard content.count < limits.cells else {
      throw WorkbookError(
        .limitExceeded, "the sheet has more cells than the limit `cells`, \(limits.cells)",
        cell: cell.reference)
    }
    content.add(StoredCell(cell.reference, style: cell.style, stored), formula: formula)
  }

  private func formulaOfCell(_ cell: OpenCell) -> CellFormula? {
    guard cell.hasFormula else { return nil }
    let text = formula.text
    guard let group = cell.sharedFormula else { return CellFormula(text: text, sharedFrom: nil) }
    if !text.isEmpty {
      sharedFormulas[group] = CellFormula(text: text, sharedFrom: cell.reference)
      return CellFormula(text: text, sharedFrom: nil)
    }
    return sharedFormulas[group]
  }

  private func storedContent(of cell: OpenCell) throws(WorkbookError) -> StoredCell.Content {
    func damaged(_ reason: String) -> WorkbookError {
      WorkbookError(.damagedCell, reason, cell: cell.reference)
    }
    // An inline string wins over a stray value beside it.
    if cell.hasInlineString { return .text(content.store(inlineString.text.utf8)) }
    let trimmed = value.trimmed
    switch cell.type {
    case "str" where value.bytes.isEmpty, "inlineStr" where value.bytes.isEmpty: return .empty
    case "str", "inlineStr": return .text(content.store(value.text.utf8))
    case _ where trimmed.isEmpty: return .empty
    case "n":
      guard isNumber(trimmed) else {
        throw damaged("\(shown(String(decoding: trimmed, as: UTF8.self))) is not a number")
      }
      return .number(content.store(trimmed))
    case "s":
      let text = String(decoding: trimmed, as: UTF8.self)
      guard let index = Int(text), index >= 0, index < stringCount else {
        throw damaged("it refers to shared string \(text), and there are \(stringCount)")
      }
      return .sharedString(index)
    case "b":
      switch String(decoding: trimmed, as: UTF8.self).lowercased() {
      case "1", "true": return .boolean(true)
      case "0", "false": return .boolean(false)
      default:
        throw damaged(
          "\(shown(String(decoding: trimmed, as: UTF8.self))) is neither true nor false")
      }
    case "e": return .error(content.store(trimmed))
    case "d": return .isoDate(content.store(trimmed))
    default: throw damaged("it has the unknown type \(shown(cell.type))")
    }
  }
}

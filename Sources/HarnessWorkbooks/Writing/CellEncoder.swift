/// Encodes cells as XML, and numbers the texts and formats that they use.
struct CellEncoder: Sendable {
  private let epoch: DateEpoch
  private let texts: WorkbookWriter.Texts
  // In the order of their first use, so that the same input gives the same parts.
  private(set) var strings = TextTable()
  private(set) var formats = TextTable()

  // Source: Excel's own limit for the text of a cell.
  private static let longestText = 32_767

  init(epoch: DateEpoch, texts: WorkbookWriter.Texts) {
    self.epoch = epoch
    self.texts = texts
  }

  /// Why a content cannot be written as Excel would read it back; nil when it can.
  static func problem(_ content: CellContent) -> String? {
    switch content.value {
    case .text(let text) where text.utf8.count > longestText && text.utf16.count > longestText:
      "a text of \(text.utf16.count) UTF-16 units is longer than \(longestText)"
    case .number(let number) where !number.isFinite:
      "\(number) is no number that a cell can hold"
    default: nil
    }
  }

  /// Appends a cell; nothing for one that holds nothing and looks like nothing.
  mutating func append(
    _ content: CellContent, column: Int, row: Int, to xml: inout XMLBuffer
  ) throws(WorkbookError) {
    let format = content.writtenFormat
    if case .empty = content.value, format == nil, content.formula == nil { return }
    xml.raw("<c r=\"")
    xml.reference(column: column, row: row)
    if let format {
      xml.raw("\" s=\"")
      xml.number(formats.number(format) + 1)
    }
    xml.raw("\"")
    try appendValue(content, column: column, row: row, to: &xml)
  }

  private mutating func appendValue(
    _ content: CellContent, column: Int, row: Int, to xml: inout XMLBuffer
  ) throws(WorkbookError) {
    switch content.value {
    case .empty where content.formula == nil:
      xml.raw("/>")
      return
    case .empty:
      xml.raw(">")
      appendFormula(content, to: &xml)
    case .text(let text) where content.formula != nil:
      xml.raw(" t=\"str\">")
      appendFormula(content, to: &xml)
      xml.raw("<v>")
      xml.text(text)
      xml.raw("</v>")
    case .text(let text):
      appendText(text, to: &xml)
    case .boolean(let boolean):
      xml.raw(" t=\"b\">")
      appendFormula(content, to: &xml)
      xml.raw(boolean ? "<v>1</v>" : "<v>0</v>")
    case .error(let error):
      xml.raw(" t=\"e\">")
      appendFormula(content, to: &xml)
      xml.raw("<v>")
      xml.text(error.code)
      xml.raw("</v>")
    case .number(let number): append(number, content, to: &xml)
    case .time(let time): append(Double(time.millisecondOfDay) / 86_400_000, content, to: &xml)
    case .duration(let duration):
      let parts = duration.components
      append(
        (Double(parts.seconds) + Double(parts.attoseconds) / 1e18) / 86_400, content, to: &xml)
    case .date(let point):
      guard let serial = epoch.serial(of: point) else {
        throw WorkbookError(
          .unwritable, "\(point.date) lies before the first day of the workbook",
          cell: CellReference(column: column, row: row))
      }
      append(serial, content, to: &xml)
    }
    xml.raw("</c>")
  }

  private func append(_ number: Double, _ content: CellContent, to xml: inout XMLBuffer) {
    xml.raw(">")
    appendFormula(content, to: &xml)
    xml.raw("<v>")
    xml.number(number)
    xml.raw("</v>")
  }

  private func appendFormula(_ content: CellContent, to xml: inout XMLBuffer) {
    guard let formula = content.formula else { return }
    xml.raw("<f>")
    xml.text(formula)
    xml.raw("</f>")
  }

  private mutating func appendText(_ text: String, to xml: inout XMLBuffer) {
    switch texts {
    case .shared:
      xml.raw(" t=\"s\"><v>")
      xml.number(strings.number(text))
      xml.raw("</v>")
    case .inline:
      xml.raw(" t=\"inlineStr\"><is>")
      Self.append(text, to: &xml)
      xml.raw("</is>")
    }
  }

  /// Appends a text as the element `t`.
  static func append(_ text: String, to xml: inout XMLBuffer) {
    let isBlank = { (character: Character?) in character?.isWhitespace == true }
    xml.raw(isBlank(text.first) || isBlank(text.last) ? "<t xml:space=\"preserve\">" : "<t>")
    xml.text(text)
    xml.raw("</t>")
  }
}

/// Encodes cells as XML, and numbers the texts and formats that they use.
struct CellEncoder: Sendable {
  private let epoch: DateEpoch
  private let texts: WorkbookWriter.Texts
  // In the order of their first use, so that the same input gives the same parts.
  private(set) var strings = TextTable()
  private(set) var formats = TextTable()

  // Formats have numbers from 164 on, and 65,535 is the last one: fewer than the 65,430 cell styles that there may be.
  //
  // Source: MS-OI29500, sections 2.1.1087 (ST_NumFmtId) and 2.1.700 (cellXfs).
  static let mostFormats = 65_535 - SheetList.firstFormatID + 1

  init(epoch: DateEpoch, texts: WorkbookWriter.Texts) {
    self.epoch = epoch
    self.texts = texts
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
      xml.number(try number(ofFormat: format, column: column, row: row) + 1)
    }
    xml.raw("\"")
    try appendValue(content, column: column, row: row, to: &xml)
  }

  private mutating func number(
    ofFormat format: String, column: Int, row: Int
  ) throws(WorkbookError) -> Int {
    let number = formats.number(format)
    guard number < Self.mostFormats else {
      throw WorkbookError(
        .unwritable,
        "the workbook has more than \(Self.mostFormats) number formats (MS-OI29500, section 2.1.1087)",
        cell: CellReference(column: column, row: row))
    }
    return number
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
    // By scalars: of a blank beside some marks Swift makes one `Character`, which is none.
    let scalars = text.unicodeScalars
    let isPadded = isBlank(scalars.first) || isBlank(scalars.last)
    xml.raw(isPadded ? "<t xml:space=\"preserve\">" : "<t>")
    xml.text(text)
    xml.raw("</t>")
  }

  private static func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    if scalar.value < 0x80 { return scalar == " " || 0x09...0x0D ~= scalar.value }
    return scalar.properties.isWhitespace
  }
}

/// A cell of a sheet: its value, and what the file says about it.
public struct Cell: Sendable, Hashable {
  /// Where it is.
  public let reference: CellReference
  /// What it holds.
  public let value: CellValue
  /// The value as the file writes it, before any reading: the digits of a number, the text of a text.
  ///
  /// A number that was typed as 9232805278.2 may be written as `9232805278.200001`: a file holds the
  /// shortest digits of a binary number. A text has the blanks at its ends here that its value lost because the
  /// file does not say `xml:space="preserve"`. Empty for an empty cell.
  public let rawText: String
  /// The formula that gave the value, when there is one.
  public let formula: CellFormula?
  /// The code of the number format, such as `yyyy/mm/dd`; nil for the general format.
  public let formatCode: String?

  /// The runs of a rich text, whose texts joined are the value; none for a plain text and any other value.
  public let runs: [TextRun]
  /// Whether the number format is one of dates or durations, and the number stands for none, so that the
  /// value is the number itself.
  ///
  /// Excel shows such a cell full of `#`: a negative count of days, or one after the year 9999.
  public let isOutOfRange: Bool

  init(
    reference: CellReference, value: CellValue, rawText: String, formula: CellFormula?,
    formatCode: String?, runs: [TextRun] = [], isOutOfRange: Bool = false
  ) {
    self.reference = reference
    self.value = value
    self.rawText = rawText
    self.formula = formula
    self.formatCode = formatCode
    self.runs = runs
    self.isOutOfRange = isOutOfRange
  }

  /// A cell that nothing is stored of.
  init(emptyAt reference: CellReference) {
    self.init(reference: reference, value: .empty, rawText: "", formula: nil, formatCode: nil)
  }

  /// The formula as it would stand in this cell: of a shared one, with its references moved to here.
  ///
  /// `A1*2`, shared from B1, is `A2*2` in B2. A reference that would leave the sheet becomes `#REF!`. Nil
  /// without a formula.
  public var expandedFormula: String? {
    guard let formula else { return nil }
    guard let origin = formula.sharedFrom else { return formula.text }
    return FormulaMove(from: origin, to: reference).moved(formula.text)
  }

  /// The text, when the cell holds text.
  public var text: String? { if case .text(let text) = value { text } else { nil } }
  /// The number, when the cell holds a number and no date, time or duration.
  public var number: Double? { if case .number(let number) = value { number } else { nil } }
  /// The truth, when the cell holds one.
  public var boolean: Bool? { if case .boolean(let boolean) = value { boolean } else { nil } }
  /// The error, when the cell holds one.
  public var error: CellError? { if case .error(let error) = value { error } else { nil } }
  /// The day, when the cell holds one, whatever the time.
  public var date: SheetDate? { if case .date(let point) = value { point.date } else { nil } }
  /// Whether the cell shows nothing: it is empty, or its text is blank.
  ///
  /// False for a formula whose value the file does not have: what it shows is not known.
  public var isBlank: Bool {
    switch value {
    case .empty: formula == nil
    case .text(let text): text.allSatisfy(\.isWhitespace)
    case .number, .boolean, .error, .date, .time, .duration: false
    }
  }
}

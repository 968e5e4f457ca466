/// What Excel asks of a cell.
enum ContentRule {
  // Source: Microsoft Support, "Excel specifications and limits".
  private static let longestText = 32_767
  // Source: MS-OI29500, section 2.1.1085 (ST_Formula).
  private static let longestFormula = 8192

  /// The errors that Excel has.
  ///
  /// Source: ECMA-376, part 1, section 18.17.3, and those that came after it, as the Excel JavaScript API lists them
  /// (`Excel.ErrorCellValueType`).
  private static let errors: Set<String> = [
    "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA",
    "#BLOCKED!", "#BUSY!", "#CALC!", "#CONNECT!", "#EXTERNAL!", "#FIELD!", "#PYTHON!", "#SPILL!",
    "#TIMEOUT!", "#UNKNOWN!",
  ]

  /// Why a content cannot be written as Excel would read it back; nil when it can.
  static func problem(_ content: CellContent) -> String? {
    switch content.value {
    case .text(let text) where text.utf8.count > longestText && text.utf16.count > longestText:
      return
        "a text of \(text.utf16.count) UTF-16 units is longer than \(longestText) (Microsoft Support, \"Excel specifications and limits\")"
    case .number(let number) where !number.isFinite:
      return "\(number) is no number that a cell can hold"
    case .error(let error) where !errors.contains(error.code):
      return
        "\(shown(error.code)) is no error that Excel has (ECMA-376, part 1, section 18.17.3, and those of later versions)"
    default: break
    }
    if let formula = content.formula, let problem = problem(formula: formula) { return problem }
    return content.format.flatMap(FormatCodeRule.problem)
  }

  private static func problem(formula: String) -> String? {
    let source = "MS-OI29500, section 2.1.1085"
    guard let first = formula.utf8.first else {
      return
        "the formula is empty; a cell without a formula has nil (ECMA-376, part 1, section 18.17)"
    }
    if first == UInt8(ascii: "=") {
      return
        "the formula \(shown(formula)) begins with =, which files leave out (ECMA-376, part 1, section 18.3.1.40)"
    }
    if formula.utf8.count > longestFormula, formula.utf16.count > longestFormula {
      return
        "a formula of \(formula.utf16.count) UTF-16 units is longer than \(longestFormula) (\(source))"
    }
    if let scalar = formula.unicodeScalars.first(where: \.isForbiddenInXML) {
      return
        "the formula \(shown(formula)) has \(scalar.codePoint), which is no character of XML (XML 1.0, section 2.2)"
    }
    return nil
  }
}

/// What Excel asks of the name of a table, which formulas use as they use other names, and of its columns.
///
/// Source: MS-XLSB, section 2.5.166 (XLNameWideString), the grammar of names; MS-OI29500, section 2.1.681 (columns).
enum TableNameRule {
  private static let longest = 255
  private static let grammar = "MS-XLSB, section 2.5.166"

  /// Why Excel does not allow a name; nil when it does.
  static func problem(_ name: String) -> String? {
    guard let reason = reason(name) else { return nil }
    return "Excel does not allow the table name \(shown(name)): \(reason) (\(grammar))"
  }

  /// Why Excel does not allow the title of a column; nil when it does.
  static func columnProblem(_ title: String) -> String? {
    if title.isEmpty { return "a column of a table needs a name" }
    let length = title.utf16.count
    guard length > longest else { return nil }
    return
      "the column name \(shown(title)) has \(length) UTF-16 units, and \(longest) is the most (MS-OI29500, section 2.1.681)"
  }

  private static func reason(_ name: String) -> String? {
    guard let first = name.unicodeScalars.first else { return "it is empty" }
    let length = name.utf16.count
    if length > longest {
      return "it has \(length) UTF-16 units, and \(longest) is the most"
    }
    guard isLetter(first) || first == "_" || first == "\\" else {
      return "it begins with neither a letter nor an underscore"
    }
    if let scalar = name.unicodeScalars.first(where: { !isNameScalar($0) }) {
      return "\(shown(String(scalar))) is neither letter, digit, underscore nor point"
    }
    let plain = withPlainDigits(name)
    if ["true", "false"].contains(plain) { return "it is a truth value" }
    if CellReference(plain) != nil { return "it is a reference to a cell" }
    if ["r", "c", "rc"].contains(plain) || beginsWithRowOrColumn(plain) {
      return "it reads as a row or a column in the notation R1C1"
    }
    // Source: ECMA-376, part 1, section 18.2.5.
    if plain.hasPrefix("_xlnm.") { return "Excel keeps names that begin so for itself" }
    return nil
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    if isLetter(scalar) || ["_", ".", "\\"].contains(scalar) { return true }
    return switch scalar.properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// A name in lower case with the digits of every script as those of ASCII: Excel takes them for numbers too.
  private static func withPlainDigits(_ name: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars {
      if scalar.properties.generalCategory == .decimalNumber,
        let value = scalar.properties.numericValue
      {
        plain.append(contentsOf: String(Int(value)).unicodeScalars)
      } else {
        plain.append(scalar)
      }
    }
    return String(plain)
  }

  /// Whether a name begins with a row or a column such as `R1` or `C16384`, in lower case.
  private static func beginsWithRowOrColumn(_ name: String) -> Bool {
    let bytes = name.utf8
    let last: Int
    switch bytes.first {
    case UInt8(ascii: "r"): last = CellReference.lastRow
    case UInt8(ascii: "c"): last = CellReference.lastColumn
    default: return false
    }
    let digits = bytes.dropFirst().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return false }
    return 1...last ~= number
  }
}

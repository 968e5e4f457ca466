/// What Excel asks of the code of a number format.
///
/// Not the whole grammar: what would end the code in the middle of something, and what Excel counts.
///
/// Source: MS-OI29500, section 2.1.712, with the grammar of format codes; MS-XLSB, section 2.4.681.
enum FormatCodeRule {
  private static let longest = 254
  private static let mostSections = 4
  private static let source = "MS-OI29500, section 2.1.712"

  /// Why Excel does not allow a code; nil when it does.
  static func problem(_ code: String) -> String? {
    // Asked for each cell that has a format, and nearly all are short and plain.
    if isPlain(code) { return nil }
    guard let reason = reason(code) else { return nil }
    return "Excel does not allow the number format \(shown(code)): \(reason) (\(source))"
  }

  private static func isPlain(_ code: String) -> Bool {
    let bytes = code.utf8
    guard 1...longest ~= bytes.count else { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "*"),
        UInt8(ascii: "_"), UInt8(ascii: ";"):
        false
      default: 0x20..<0x80 ~= byte
      }
    }
  }

  private static func reason(_ code: String) -> String? {
    if code.isEmpty { return "it is empty" }
    let length = code.utf16.count
    if length > longest {
      return "it has \(length) UTF-16 units, and \(longest) is the most"
    }
    if let scalar = code.unicodeScalars.first(where: \.isForbiddenInXML) {
      return "\(scalar.codePoint) is no character of XML"
    }
    return unfinished(code)
  }

  private static func unfinished(_ code: String) -> String? {
    var sections = 1
    var rest = code.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"":
        guard let end = rest.firstIndex(of: "\"") else { return "a quote is not closed" }
        rest = rest[rest.index(after: end)...]
      case "[":
        guard let end = rest.firstIndex(of: "]") else { return "a bracket is not closed" }
        rest = rest[rest.index(after: end)...]
      case "\\", "*", "_":
        guard rest.popFirst() != nil else { return "it ends after \(shown(String(scalar)))" }
      case ";": sections += 1
      default: break
      }
    }
    return sections > mostSections ? "it has \(sections) sections, and 4 is the most" : nil
  }
}

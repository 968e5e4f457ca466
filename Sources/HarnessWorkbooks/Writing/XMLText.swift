/// Characters that stand for themselves in an attribute or a text, with the others as references.
func xmlEscaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\"": result += "&quot;"
    // Unescaped they would be read as a blank or as a line feed.
    case "\t", "\n", "\r": result += "&#\(scalar.value);"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

extension Unicode.Scalar {
  /// Whether XML cannot hold the character, not even as a reference.
  ///
  /// Source: XML 1.0, section 2.2.
  var isForbiddenInXML: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case ..<0x20, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// Whether the character is a control, or none of XML.
  var isControlOrForbiddenInXML: Bool {
    isForbiddenInXML || properties.generalCategory == .control
  }

  /// The character as `U+000A`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)"
  }
}

/// Whether an underscore would be read as the start of an escape.
///
/// The last underscore is not asked for: it may be the first of an escape that follows.
private func looksLikeEscape(_ text: [UInt8], at position: Int) -> Bool {
  escape(in: text[position...].prefix(6) + [UInt8(ascii: "_")], at: 0) != nil
}

/// A text with escapes for what XML cannot hold, and for what would look like an escape.
///
/// Source: ECMA-376, part 1, section 22.9.2.19 (ST_Xstring).
func escaped(_ text: String) -> String {
  let bytes = Array(text.utf8)
  var result = ""
  var position = 0
  for scalar in text.unicodeScalars {
    // A carriage return would come back as a line feed from readers that take it for the end of a line.
    if scalar.isForbiddenInXML || scalar == "\r" {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "_x\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)_"
    } else if scalar == "_", looksLikeEscape(bytes, at: position) {
      result += "_x005F_"
    } else {
      result.unicodeScalars.append(scalar)
    }
    position += UTF8.width(scalar)
  }
  return result
}

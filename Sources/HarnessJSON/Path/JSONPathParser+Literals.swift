// Literals: RFC 9535, sections 2.3.1.1 and 2.3.5.1.
extension JSONPathParser {
  /// A string in either kind of quotation marks.
  mutating func string() throws(JSONPathError) -> String {
    guard let quote = peek else { throw error("expected a string") }
    index += 1
    var result = ""
    while let scalar = peek, scalar != quote {
      switch scalar {
      case "\\": result.unicodeScalars.append(try escape(in: quote))
      case "\u{00}"..<"\u{20}": throw error("a control character must be escaped")
      default:
        result.unicodeScalars.append(scalar)
        index += 1
      }
    }
    guard take(quote) else { throw error("expected the closing quotation mark") }
    return result
  }

  private mutating func escape(in quote: Unicode.Scalar) throws(JSONPathError) -> Unicode.Scalar {
    index += 1
    guard let letter = peek else { throw error("expected a character after the backslash") }
    index += 1
    switch letter {
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "/", "\\", quote: return letter
    case "u": return try unicodeEscape()
    default:
      index -= 1
      throw error("\"\\\(letter)\" is no escape in these quotation marks")
    }
  }

  private mutating func unicodeEscape() throws(JSONPathError) -> Unicode.Scalar {
    let unit = try hexUnit()
    guard (0xD800..<0xE000).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    guard unit < 0xDC00, take(word: "\\u") else { throw error("half a surrogate pair") }
    let low = try hexUnit()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw error("half a surrogate pair") }
    return scalar
  }

  private mutating func hexUnit() throws(JSONPathError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let scalar = peek, scalar.isASCII, hexDigit(UInt8(scalar.value)) >= 0 else {
        throw error("expected four hexadecimal digits")
      }
      unit = unit << 4 | UInt32(hexDigit(UInt8(scalar.value)))
      index += 1
    }
    return unit
  }

  /// A number, string, Boolean or null; nil when none begins here.
  mutating func literal() throws(JSONPathError) -> JSONValue? {
    switch peek {
    case "\"", "'": return .string(try string())
    case .some(let scalar) where scalar == "-" || isDigit(scalar): return .number(try number())
    default: break
    }
    let start = index
    while let scalar = peek, ("a"..."z").contains(scalar) || isDigit(scalar) || scalar == "_" {
      index += 1
    }
    switch text(from: start) {
    case "true": return true
    case "false": return false
    case "null": return .null
    default:
      index = start
      return nil
    }
  }

  // number = (int / "-0") [ frac ] [ exp ]
  private mutating func number() throws(JSONPathError) -> JSONNumber {
    let start = index
    while let scalar = peek, isDigit(scalar) || ["-", "+", ".", "e", "E"].contains(scalar) {
      index += 1
    }
    let lexeme = text(from: start)
    guard let number = JSONNumber(lexeme) else {
      index = start
      throw error("\"\(lexeme.cut(to: 40))\" is no number")
    }
    return number
  }
}

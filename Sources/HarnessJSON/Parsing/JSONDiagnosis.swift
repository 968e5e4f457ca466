/// Finds out why the scanner stopped: slow, careful, and only where a text is broken.
struct JSONDiagnosis {
  private let bytes: [UInt8]
  private var index: Int

  init(_ bytes: [UInt8], at index: Int) {
    self.bytes = bytes
    self.index = index
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  func error(_ code: JSONError.Code, _ message: String) -> JSONError {
    JSONError(code, message, at: index, in: bytes)
  }

  func unexpected(_ expected: String) -> JSONError {
    error(.syntax, "expected \(expected), found \(found)")
  }

  /// The byte here as an error shows it.
  private var found: String {
    switch peek {
    case nil: "the end of the text"
    case UInt8(ascii: "\""): "a quotation mark"
    case .some(let byte) where (0x21..<0x7F).contains(byte):
      "\"\(Character(Unicode.Scalar(byte)))\""
    case .some(let byte):
      "the byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }

  /// What is wrong with a value that begins here.
  mutating func brokenValue(expected: String) -> JSONError {
    switch peek {
    case UInt8(ascii: "\""): brokenString()
    case UInt8(ascii: "t"): brokenLiteral("true")
    case UInt8(ascii: "f"): brokenLiteral("false")
    case UInt8(ascii: "n"): brokenLiteral("null")
    case UInt8(ascii: "-"): brokenNumber()
    case .some(let byte) where isDigit(byte): brokenNumber()
    default: unexpected(expected)
    }
  }

  private mutating func brokenLiteral(_ word: String) -> JSONError {
    for expected in word.utf8 {
      guard peek == expected else { break }
      index += 1
    }
    return unexpected("the literal \(word)")
  }

  private mutating func brokenNumber() -> JSONError {
    if peek == UInt8(ascii: "-") { index += 1 }
    if peek == UInt8(ascii: "0") {
      index += 1
      if let byte = peek, isDigit(byte) {
        return error(.syntax, "a number must not have a leading zero")
      }
    } else if !skipDigits() {
      return unexpected("a digit")
    }
    if peek == UInt8(ascii: ".") {
      index += 1
      if !skipDigits() { return unexpected("a digit") }
    }
    index += 1
    if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
    return unexpected("a digit")
  }

  private mutating func skipDigits() -> Bool {
    let start = index
    while let byte = peek, isDigit(byte) { index += 1 }
    return index > start
  }
}

// Strings: RFC 8259, section 7.
extension JSONDiagnosis {
  mutating func brokenString() -> JSONError {
    index += 1
    while let byte = peek, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"):
        if let error = brokenEscape() { return error }
      case 0..<0x20: return unexpected("an escape for a control character in a string")
      case 0..<0x80: index += 1
      default:
        guard let end = endOfScalar(byte) else {
          return error(.encoding, "the string is not UTF-8 here")
        }
        index = end
      }
    }
    return unexpected("the closing quotation mark of a string")
  }

  /// Reads an escape; nil when it is sound.
  private mutating func brokenEscape() -> JSONError? {
    let start = index
    index += 1
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
      return nil
    case UInt8(ascii: "u"):
      index += 1
      guard let unit = hexUnit() else { return unexpected("four hexadecimal digits") }
      guard (0xD800..<0xE000).contains(unit) else { return nil }
      return brokenPair(after: unit, at: start)
    default: return unexpected("one of \" \\ / b f n r t u after a backslash")
    }
  }

  private mutating func brokenPair(after unit: Int, at start: Int) -> JSONError? {
    var low: Int?
    if unit < 0xDC00, peek == UInt8(ascii: "\\"), index + 1 < bytes.count,
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      low = hexUnit()
      if low == nil { return unexpected("four hexadecimal digits") }
    }
    if let low, (0xDC00..<0xE000).contains(low) { return nil }
    index = start
    let text = String(unit, radix: 16, uppercase: true)
    return error(
      .loneSurrogate, "\\u\(text) is half a surrogate pair, and the other half is missing")
  }

  private mutating func hexUnit() -> Int? {
    var unit = 0
    for _ in 0..<4 {
      guard let digit = peek.map(hexDigit), digit >= 0 else { return nil }
      unit = unit << 4 | digit
      index += 1
    }
    return unit
  }

  /// The index after a scalar of two to four bytes.
  private func endOfScalar(_ lead: UInt8) -> Int? {
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let scalar = bytes[index..<min(index + length, bytes.count)]
    return String(validating: scalar, as: UTF8.self)?.unicodeScalars.count == 1
      ? index + length : nil
  }
}

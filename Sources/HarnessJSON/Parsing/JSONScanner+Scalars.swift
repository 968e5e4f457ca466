extension JSONScanner {
  mutating func scanLiteral(_ word: StaticString, _ kind: JSONTape.Kind) throws(JSONError) {
    let start = index
    for expected in "\(word)".utf8 {
      guard peek == expected else { throw unexpected("the literal \(word)") }
      index += 1
    }
    tape.append(kind, start..<index)
  }

  /// Source: RFC 8259, section 6.
  mutating func scanNumber() throws(JSONError) {
    let start = index
    var digits = 0
    if peek == UInt8(ascii: "-") { index += 1 }
    if peek == UInt8(ascii: "0") {
      index += 1
      digits += 1
      if isDigit(peek) {
        throw error(.syntax, "a number must not have a leading zero")
      }
    } else {
      digits += try scanDigits()
    }
    if peek == UInt8(ascii: ".") {
      index += 1
      digits += try scanDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      index += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      digits += try scanDigits()
    }
    guard digits <= limits.maximumNumberDigits else {
      index = start
      throw error(
        .limit, "a number of \(digits) digits, the limit is \(limits.maximumNumberDigits)")
    }
    tape.append(.number, start..<index)
  }

  /// Reads one digit or more, and says how many.
  private mutating func scanDigits() throws(JSONError) -> Int {
    let start = index
    while isDigit(peek) { index += 1 }
    guard index > start else { throw unexpected("a digit") }
    return index - start
  }

  func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

// Strings: RFC 8259, section 7.
extension JSONScanner {
  mutating func scanString(
    _ plain: JSONTape.Kind, escaped: JSONTape.Kind
  ) throws(JSONError) {
    let start = index
    var kind = plain
    index += 1
    while true {
      switch peek {
      case nil: throw unexpected("the closing quotation mark of a string")
      case UInt8(ascii: "\""):
        index += 1
        tape.append(kind, start..<index)
        return
      case UInt8(ascii: "\\"):
        kind = escaped
        try scanEscape()
      case .some(let byte) where byte < 0x20:
        throw unexpected("an escape for a control character in a string")
      case .some(let byte) where byte < 0x80: index += 1
      case .some(let byte): try scanMultibyteScalar(lead: byte)
      }
    }
  }

  private mutating func scanEscape() throws(JSONError) {
    let start = index
    index += 1
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
    case UInt8(ascii: "u"):
      index += 1
      let unit = try scanHexUnit()
      guard (0xD800..<0xE000).contains(unit) else { return }
      try scanLowSurrogate(after: unit, at: start)
    default:
      throw unexpected("one of \" \\ / b f n r t u after a backslash")
    }
  }

  private mutating func scanLowSurrogate(after unit: UInt16, at start: Int) throws(JSONError) {
    var low: UInt16 = 0
    if unit < 0xDC00, peek == UInt8(ascii: "\\"), index + 1 < bytes.count,
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      low = try scanHexUnit()
    }
    guard (0xDC00..<0xE000).contains(low) else {
      index = start
      let text = String(unit, radix: 16, uppercase: true)
      throw error(
        .loneSurrogate, "\\u\(text) is half a surrogate pair, and the other half is missing")
    }
  }

  private mutating func scanHexUnit() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = peek.flatMap(hexValue) else { throw unexpected("four hexadecimal digits") }
      unit = unit << 4 | digit
      index += 1
    }
    return unit
  }

  /// Checks one scalar of two to four bytes.
  ///
  /// Source: RFC 3629, section 4.
  private mutating func scanMultibyteScalar(lead: UInt8) throws(JSONError) {
    // The range of the second byte shuts out overlong forms, surrogates and what is past U+10FFFF.
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw error(.encoding, "the string is not UTF-8 here")
    }
    let end = index + length
    guard end <= bytes.count, second.contains(bytes[index + 1]),
      bytes[(index + 2)..<end].allSatisfy({ (0x80...0xBF).contains($0) })
    else { throw error(.encoding, "the string is not UTF-8 here") }
    index = end
  }
}

/// The value of a hexadecimal digit.
func hexValue(_ byte: UInt8) -> UInt16? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}

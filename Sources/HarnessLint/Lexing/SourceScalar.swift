/// A character beyond ASCII as it stands in a source; a byte that is no UTF-8 is one of its own.
struct SourceScalar {
  var value: UInt32
  var length: Int

  /// Whether it is part of an operator and not of a name.
  ///
  /// Source: The Swift Programming Language, "Operators", the grammar of `operator-head`.
  var isOperator: Bool {
    switch value {
    case 0xA1...0xA7, 0xA9, 0xAB, 0xAC, 0xAE, 0xB0, 0xB1, 0xB6, 0xBB, 0xBF, 0xD7, 0xF7,
      0x2016...0x2017, 0x2020...0x2027, 0x2030...0x203E, 0x2041...0x2053, 0x2055...0x205E,
      0x2190...0x23FF, 0x2500...0x2775, 0x2794...0x2BFF, 0x2E00...0x2E7F, 0x3001...0x3003,
      0x3008...0x3020, 0x3030:
      true
    default: false
    }
  }
}

extension Lexer {
  /// The character at an index with a byte beyond ASCII.
  func scalar(at index: Int) -> SourceScalar {
    let lead = bytes[index]
    let length =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard length > 1, index + length <= bytes.count else {
      return SourceScalar(value: 0xFFFD, length: 1)
    }
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for byte in bytes[index + 1..<index + length] {
      guard byte & 0xC0 == 0x80 else { return SourceScalar(value: 0xFFFD, length: 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return SourceScalar(value: value, length: length)
  }
}

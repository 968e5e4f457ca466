/// The exact value of a JSON number: digits times a power of ten, in lowest terms.
struct ExactDecimal: Equatable {
  private(set) var isNegative = false
  /// The significant digits as values 0 to 9, without zeros at either end; none for zero.
  private(set) var digits: [UInt8] = []
  /// The power of ten of the last digit.
  private(set) var exponent = 0

  /// Makes a number that is not negative, in lowest terms.
  init(digits: [UInt8], exponent: Int) {
    self.digits = digits
    self.exponent = exponent
    reduce()
  }

  /// Reads a number; nil when it is not zero and its exponent has more than 18 digits.
  init?(_ number: JSONNumber) {
    var fractionDigits = 0
    var inFraction = false
    var bytes = number.lexeme.utf8[...]
    scan: while let byte = bytes.first {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): inFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
      default:
        digits.append(byte - UInt8(ascii: "0"))
        if inFraction { fractionDigits += 1 }
      }
      bytes.removeFirst()
    }
    // Zero is zero with any exponent.
    guard digits.contains(where: { $0 != 0 }) else {
      reduce()
      return
    }
    guard let written = Self.exponent(of: bytes.dropFirst()) else { return nil }
    exponent = written - fractionDigits
    reduce()
  }

  /// The value of an exponent's text, nil when it has more than 18 significant digits.
  private static func exponent(of text: Substring.UTF8View) -> Int? {
    let isNegative = text.first == UInt8(ascii: "-")
    let unsigned = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let significant = unsigned.drop { $0 == UInt8(ascii: "0") }
    guard significant.count <= 18 else { return nil }
    let magnitude = significant.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return isNegative ? -magnitude : magnitude
  }

  /// Removes zeros at both ends.
  ///
  /// There is one zero, which has no sign.
  private mutating func reduce() {
    digits.trimPrefix { $0 == 0 }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }

  /// How many digits are significant.
  var significantDigits: Int { digits.count }

  /// The significant digits as text.
  var digitText: String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }

  /// The value written as an integer; nil when it has a fraction or more digits than the maximum.
  func integerText(maximumDigits: Int) -> String? {
    guard exponent >= 0, exponent <= maximumDigits, digits.count + exponent <= maximumDigits
    else { return nil }
    if digits.isEmpty { return "0" }
    let zeros = String(repeating: "0", count: exponent)
    return (isNegative ? "-" : "") + digitText + zeros
  }
}

extension Array where Element == UInt8 {
  fileprivate mutating func trimPrefix(while isTrimmed: (UInt8) -> Bool) {
    removeFirst(prefix(while: isTrimmed).count)
  }
}

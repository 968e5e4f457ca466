/// A JSON number with the text it was written in, so that no digit is lost on the way.
///
/// Two numbers are equal when their exact decimal values are: `1`, `1.0` and `10e-1` are equal, `0.1`
/// and `0.10000000000000000001` are not. Exponents of more than 18 digits are compared as text.
///
/// Source: RFC 8259, section 6.
public struct JSONNumber: Sendable {
  /// The text of the number, for example `-1.50e3`.
  public let lexeme: String

  /// Makes a number of a text the scanner has already checked.
  init(scanned lexeme: String) {
    self.lexeme = lexeme
  }

  /// Makes a number from its text, or nil when the text is no JSON number of at most 1,000 digits.
  public init?(_ lexeme: String) {
    guard case .number(let number) = try? JSONValue(parsing: lexeme), number.lexeme == lexeme
    else { return nil }
    self = number
  }

  /// Makes a number of an integer.
  public init(_ value: some BinaryInteger) {
    lexeme = String(value)
  }

  /// Makes a number with the shortest text that gives back the same `Double`; nil for infinities
  /// and NaN, which JSON does not have.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    lexeme = "\(value)"
  }
}

extension JSONNumber: Equatable {
  /// Whether both have the same exact decimal value.
  public static func == (one: Self, other: Self) -> Bool {
    if one.lexeme.hasSameBytes(as: other.lexeme) { return true }
    guard let one = ExactDecimal(one), let other = ExactDecimal(other) else { return false }
    return one == other
  }
}

extension JSONNumber: CustomStringConvertible {
  /// The text of the number.
  public var description: String { lexeme }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
  /// An integer.
  public init(integerLiteral value: Int) { self.init(value) }
}

extension JSONNumber: ExpressibleByFloatLiteral {
  /// A number with the shortest text that gives back the same `Double`.
  ///
  /// A literal beyond the range of `Double`, of which the compiler warns, is zero.
  public init(floatLiteral value: Double) {
    self = JSONNumber(value) ?? 0
  }
}

extension FixedWidthInteger {
  /// The integer that a number is, or nil when it has a fraction or does not fit.
  ///
  /// `1.0` and `1e2` are integers.
  public init?(exactly number: JSONNumber) {
    if let value = Self(number.lexeme) {
      self = value
      return
    }
    guard let text = ExactDecimal(number)?.integerText(maximumDigits: 40), let value = Self(text)
    else { return nil }
    self = value
  }
}

extension Double {
  /// The `Double` nearest to a number; infinite where the number is out of range.
  public init(_ number: JSONNumber) {
    // The grammar of JSON numbers is a subset of what `Double` reads.
    self = Double(number.lexeme) ?? .nan
  }
}

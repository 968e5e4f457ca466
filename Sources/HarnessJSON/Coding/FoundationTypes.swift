// Foundation's types encode themselves for binary formats (a `Decimal` as its mantissa's words) and
// rely on `JSONDecoder` to know them, so this decoder has to know them too.
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ValueDecoder {
  /// The value as one of Foundation's types; nil for any other type.
  func foundationValue(_ type: any Decodable.Type) throws -> Any? {
    switch type {
    case is Decimal.Type: try decimal()
    case is Date.Type: try date()
    case is URL.Type: try url()
    case is Data.Type: try data()
    default: nil
    }
  }

  /// Takes the digits as they are: `Decimal` holds 38 of them, and would drop the rest in silence.
  private func decimal() throws -> Decimal {
    let number = try number(for: Decimal.self)
    guard let exact = ExactDecimal(number), exact.significantDigits <= 38,
      (-128...127).contains(exact.exponent),
      let significand = Decimal(string: exact.digits.isEmpty ? "0" : exact.digitText)
    else { throw corrupted("\(number.lexeme) is more than a Decimal can hold") }
    return Decimal(
      sign: exact.isNegative ? .minus : .plus, exponent: exact.exponent, significand: significand)
  }

  private func date() throws -> Date {
    let text = try string(for: Date.self)
    for fraction in [false, true] {
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fraction)
      if let date = try? style.parse(text) { return date }
    }
    throw corrupted("\(JSONValue.string(text)) is no RFC 3339 date and time")
  }

  private func url() throws -> URL {
    let text = try string(for: URL.self)
    guard let url = URL(string: text) else {
      throw corrupted("\(JSONValue.string(text)) is no URL")
    }
    return url
  }

  private func data() throws -> Data {
    guard let data = Data(base64Encoded: try string(for: Data.self)) else {
      throw corrupted("the string is not base64")
    }
    return data
  }
}

extension ValueEncoder {
  /// One of Foundation's types as a value; nil for any other type.
  func foundationScalar(_ value: some Encodable) throws -> JSONValue? {
    switch value {
    case let value as Decimal: try number(JSONNumber("\(value)"), of: value)
    case let value as Date:
      .string(Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(value))
    case let value as URL: .string(value.absoluteString)
    case let value as Data: .string(value.base64EncodedString())
    default: nil
    }
  }
}

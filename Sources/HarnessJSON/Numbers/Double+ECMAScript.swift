extension Double {
  /// The number as ECMAScript writes it; nil for infinities and NaN.
  ///
  /// The digits are those of Swift: the fewest that give back the same `Double`, and of those the nearest.
  ///
  /// Source: ECMA-262, section 6.1.6.1.20 (Number::toString), which RFC 8785, section 3.2.2.3 demands.
  var ecmaScriptText: String? {
    guard isFinite else { return nil }
    guard self != 0 else { return "0" }
    let (digits, point) = shortestDigits
    let count = digits.count
    let sign = self < 0 ? "-" : ""
    switch point {
    case count...21:
      return sign + digits + String(repeating: "0", count: point - count)
    case 1..<22:
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0:
      return sign + "0." + String(repeating: "0", count: -point) + digits
    default:
      let exponent = point - 1
      let fraction = count > 1 ? "." + digits.dropFirst() : ""
      return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+")
        + String(exponent.magnitude)
    }
  }

  /// The significant digits, and how many of them stand before the decimal point.
  private var shortestDigits: (digits: String, point: Int) {
    let parts = "\(magnitude)".split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let all = mantissa[0] + fraction
    let significant = all.drop { $0 == "0" }
    let point = mantissa[0].count + exponent - (all.count - significant.count)
    let trailing = significant.reversed().prefix { $0 == "0" }.count
    return (String(significant.dropLast(trailing)), point)
  }
}

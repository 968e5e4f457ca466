extension Duration {
  /// The duration as failures show it: `1.25 s`, `50 ms`, `0.4 ms`; from a year on in years, of 365 days each.
  package var readable: String {
    if self < .zero { return "-\(Duration.zero.minus(self).readable)" }
    if self >= Self.year {
      let years = self / Self.year
      // The longest duration has some 5.4e12 of them, so that hundredths of them fit.
      let places = years < 1_000 ? 2 : 0
      let text = Self.decimal(Int64((years * (places == 2 ? 100 : 1)).rounded()), places: places)
      return text == "1" ? "1 year" : "\(text) years"
    }
    if self >= .seconds(1) {
      return "\(Self.decimal(Int64((self / .milliseconds(10)).rounded()), places: 2)) s"
    }
    return "\(Self.decimal(Int64((self / .microseconds(100)).rounded()), places: 1)) ms"
  }

  private static let year = Duration.seconds(365 * 86_400)

  private static func decimal(_ value: Int64, places: Int) -> String {
    let unit: Int64 =
      switch places {
      case 0: 1
      case 1: 10
      default: 100
      }
    let (whole, part) = value.quotientAndRemainder(dividingBy: unit)
    if part == 0 { return "\(whole)" }
    var digits = String(part)
    digits = String(repeating: "0", count: places - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}

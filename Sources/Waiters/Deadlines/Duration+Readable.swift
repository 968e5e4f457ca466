extension Duration {
  /// The duration as failures show it: `1.25 s`, `50 ms`, `0.4 ms`.
  package var readable: String {
    if self < .zero { return "-\((.zero - self).readable)" }
    if self >= .seconds(1) {
      return "\(Self.decimal(Int64((self / .milliseconds(10)).rounded()), places: 2)) s"
    }
    return "\(Self.decimal(Int64((self / .microseconds(100)).rounded()), places: 1)) ms"
  }

  private static func decimal(_ value: Int64, places: Int) -> String {
    let unit: Int64 = places == 2 ? 100 : 10
    let (whole, part) = value.quotientAndRemainder(dividingBy: unit)
    if part == 0 { return "\(whole)" }
    var digits = String(part)
    digits = String(repeating: "0", count: places - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}

/// The digits of a text that is a number, without its thousands separators; nil when it is none.
///
/// A comma parts thousands only before each three digits of the whole part: `1,5` is no number here,
/// for it could be one and a half, and neither is `0,123`, whose whole part would begin with a zero.
func plainDigits(_ text: String) -> String? {
  guard text.contains(",") else { return isNumber(text.utf8) ? text : nil }
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
  let leading = groups[0].drop { $0 == "-" || $0 == "+" }
  guard 1...3 ~= leading.utf8.count, leading.first != "0",
    groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
    parts.count == 1 || !parts[1].contains(",")
  else { return nil }
  let plain = groups.joined() + (parts.count == 2 ? ".\(parts[1])" : "")
  return isNumber(plain.utf8) ? plain : nil
}

/// How many digits a number has from the first to the last that is not zero, its exponent left out.
func significantDigits(_ number: String) -> Int {
  let mantissa = number.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }.filter(isDigit)
  let isZero = { (digit: UInt8) in digit == UInt8(ascii: "0") }
  guard let first = mantissa.firstIndex(where: { !isZero($0) }),
    let last = mantissa.lastIndex(where: { !isZero($0) })
  else { return 0 }
  return last - first + 1
}

/// A decimal number with at most `limit` significant digits, the last one rounded half away from zero.
///
/// Works on the digits, so that nothing is lost on the way: `9232805278.200001` with 15 digits is
/// `9232805278.20000`.
func roundedDigits(_ number: String, to limit: Int) -> String {
  let exponent = number.utf8.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? number.endIndex
  var mantissa = Array(number.utf8[..<exponent])
  guard let first = mantissa.firstIndex(where: { isDigit($0) && $0 != UInt8(ascii: "0") }) else {
    return number
  }
  let digits = mantissa.indices[first...].filter { isDigit(mantissa[$0]) }
  guard digits.count > limit else { return number }

  let roundsUp = mantissa[digits[limit]] >= UInt8(ascii: "5")
  let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
  // Beyond the limit, digits of the whole part become zeros and those of the fraction go.
  for index in digits[limit...] { mantissa[index] = UInt8(ascii: "0") }
  mantissa.removeSubrange(max(point, digits[limit])...)
  if roundsUp { carry(into: &mantissa, at: digits[limit - 1]) }
  return String(decoding: mantissa, as: UTF8.self) + number[exponent...]
}

/// Adds one to the digit at a place, and to those before it as far as the carry goes.
private func carry(into mantissa: inout [UInt8], at place: Int) {
  var index = place
  while index >= 0 {
    if isDigit(mantissa[index]) {
      if mantissa[index] != UInt8(ascii: "9") {
        mantissa[index] += 1
        return
      }
      mantissa[index] = UInt8(ascii: "0")
    } else if mantissa[index] != UInt8(ascii: ".") {
      break
    }
    index -= 1
  }
  mantissa.insert(UInt8(ascii: "1"), at: index + 1)
}

/// Whether the bytes are a decimal number: a sign, digits with at most one point, an exponent.
///
/// That is the grammar of XML Schema's `double` without its `INF` and `NaN`. `Double(_:)` alone would take
/// hexadecimal digits, `inf` and `nan` too.
func isNumber(_ bytes: some Sequence<UInt8>) -> Bool {
  var grammar = NumberGrammar()
  for byte in bytes where !grammar.accepts(byte) { return false }
  return grammar.isComplete
}

/// Whether the bytes are a decimal number.
func isNumber(_ bytes: borrowing Span<UInt8>) -> Bool {
  var grammar = NumberGrammar()
  for index in bytes.indices where !grammar.accepts(bytes[index]) { return false }
  return grammar.isComplete
}

/// Where in a number a scan of it is.
private struct NumberGrammar {
  private enum Place {
    case start, signed, whole, barePoint, fraction, exponent, signedExponent, power
  }

  private var place = Place.start

  mutating func accepts(_ byte: UInt8) -> Bool {
    if isDigit(byte) {
      switch place {
      case .start, .signed, .whole: place = .whole
      case .barePoint, .fraction: place = .fraction
      case .exponent, .signedExponent, .power: place = .power
      }
      return true
    }
    switch (place, byte) {
    case (.start, UInt8(ascii: "-")), (.start, UInt8(ascii: "+")): place = .signed
    case (.start, UInt8(ascii: ".")), (.signed, UInt8(ascii: ".")): place = .barePoint
    case (.whole, UInt8(ascii: ".")): place = .fraction
    case (.whole, UInt8(ascii: "e")), (.whole, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "e")),
      (.fraction, UInt8(ascii: "E")):
      place = .exponent
    case (.exponent, UInt8(ascii: "-")), (.exponent, UInt8(ascii: "+")): place = .signedExponent
    default: return false
    }
    return true
  }

  var isComplete: Bool { place == .whole || place == .fraction || place == .power }
}

/// The number nearest to digits that are known to be a number; infinite for one too large.
///
/// Up to 19 digits and a small power of ten take one multiplication or division, which is exact by
/// William Clinger, "How to Read Floating Point Numbers Accurately", 1990; the rest goes to the standard
/// library.
func double(ofNumber bytes: borrowing Span<UInt8>) -> Double {
  var mantissa: UInt64 = 0
  var digits = 0
  var exponent = 0
  var isAfterPoint = false
  var isNegative = false
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    if isDigit(byte) {
      mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
      if mantissa > 0 { digits += 1 }
      if isAfterPoint { exponent -= 1 }
    } else if byte == UInt8(ascii: ".") {
      isAfterPoint = true
    } else if byte == UInt8(ascii: "-") {
      isNegative = true
    } else if byte | 0x20 == UInt8(ascii: "e") {
      guard let power = power(bytes, from: index + 1) else { return general(bytes) }
      exponent += power
      break
    }
    index += 1
  }
  guard digits <= 19 else { return general(bytes) }
  let magnitude: Double
  if mantissa <= 1 << 53, -22...22 ~= exponent {
    let whole = Double(mantissa)
    magnitude = exponent < 0 ? whole / powersOfTen[-exponent] : whole * powersOfTen[exponent]
  } else if -19..<0 ~= exponent {
    magnitude = quotient(mantissa, powerOfTen: -exponent)
  } else {
    return general(bytes)
  }
  return isNegative ? -magnitude : magnitude
}

/// The double nearest to a whole number divided by a power of ten: one division of 128 bits by 64, and its
/// quotient rounded half to even.
///
/// For the 16 and 17 digits that a binary number takes, of which a sheet is full.
private func quotient(_ mantissa: UInt64, powerOfTen: Int) -> Double {
  let divisor = wholePowersOfTen[powerOfTen]
  let shift = mantissa.leadingZeroBitCount
  let divisorShift = divisor.leadingZeroBitCount
  let denominator = divisor << divisorShift
  var high = mantissa << shift
  var low: UInt64 = 0
  var exponent = divisorShift - shift - 64
  if high >= denominator {
    low = high << 63
    high >>= 1
    exponent += 1
  }
  let (quotient, remainder) = denominator.dividingFullWidth((high, low))
  // At least 62 bits, of which 53 are kept.
  let dropped = 64 - quotient.leadingZeroBitCount - 53
  let rest = quotient & (1 << dropped - 1)
  let half: UInt64 = 1 << (dropped - 1)
  var significand = quotient >> dropped
  let isAboveHalf = rest > half || (rest == half && remainder != 0)
  if isAboveHalf || (rest == half && significand & 1 == 1) { significand += 1 }
  // The bits of the power of two, which is far from the ends of what a double holds.
  let scale = Double(bitPattern: UInt64(1023 + exponent + dropped) << 52)
  return Double(significand) * scale
}

/// The number of the digits in a short number.
func double(ofShortNumber packed: UInt64) -> Double {
  var rest = packed
  var mantissa: UInt64 = 0
  var decimals = -1
  var isNegative = false
  while rest > 0 {
    let byte = UInt8(truncatingIfNeeded: rest)
    rest >>= 8
    if isDigit(byte) {
      mantissa = mantissa * 10 + UInt64(byte - 0x30)
      if decimals >= 0 { decimals += 1 }
    } else if byte == UInt8(ascii: ".") {
      decimals = 0
    } else {
      isNegative = isNegative || byte == UInt8(ascii: "-")
    }
  }
  // At most seven digits: exact in a double, and divided once.
  let magnitude = decimals > 0 ? Double(mantissa) / powersOfTen[decimals] : Double(mantissa)
  return isNegative ? -magnitude : magnitude
}

/// A power of ten after its `e`; nil where it has more than three digits.
private func power(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int? {
  var power = 0
  var digits = 0
  var isNegative = false
  for index in start..<bytes.count {
    let byte = bytes[index]
    if isDigit(byte) {
      power = power * 10 + Int(byte - 0x30)
      digits += 1
      if digits > 3 { return nil }
    } else {
      isNegative = byte == UInt8(ascii: "-")
    }
  }
  return isNegative ? -power : power
}

private func general(_ bytes: borrowing Span<UInt8>) -> Double {
  Double(String(decoding: bytes)) ?? .nan
}

private let wholePowersOfTen: [UInt64] = (0...19).map { power in
  (0..<power).reduce(1) { product, _ in product * 10 }
}

// Each is exact in a double.
private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

extension JSONNumber: Comparable {
  /// Whether the exact decimal value is less than that of another number.
  ///
  /// Of two numbers whose exponents both have more than 18 digits, neither is less when they have the
  /// same sign and their exponents have the same sign.
  public static func < (one: Self, other: Self) -> Bool {
    let (exact, otherExact) = (ExactDecimal(one), ExactDecimal(other))
    let (order, otherOrder) = (one.order(exact), other.order(otherExact))
    guard order == otherOrder, let exact, let otherExact else { return order < otherOrder }
    return exact < otherExact
  }

  /// Where a number stands in comparison with those whose exponents have up to 18 digits: 2 for them, 1 for
  /// what is nearer to zero, 3 for what is farther away, 0 for zero; all with the sign of the number.
  private func order(_ exact: ExactDecimal?) -> Int {
    let sign = lexeme.utf8.first == UInt8(ascii: "-") ? -1 : 1
    guard let exact else {
      let exponent = lexeme.utf8.drop { $0 | 0x20 != UInt8(ascii: "e") }.dropFirst()
      return sign * (exponent.first == UInt8(ascii: "-") ? 1 : 3)
    }
    return exact.digits.isEmpty ? 0 : sign * 2
  }
}

extension ExactDecimal: Comparable {
  static func < (one: Self, other: Self) -> Bool {
    switch (one.sign, other.sign) {
    case (let sign, let otherSign) where sign != otherSign: sign < otherSign
    case (0, _): false
    case (let sign, _): sign > 0 ? one.isSmaller(than: other) : other.isSmaller(than: one)
    }
  }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

  /// Compares magnitudes, neither of them zero.
  private func isSmaller(than other: Self) -> Bool {
    let (order, otherOrder) = (exponent + digits.count, other.exponent + other.digits.count)
    return order == otherOrder ? digits.lexicographicallyPrecedes(other.digits) : order < otherOrder
  }
}

extension JSONNumber {
  /// Whether the distance to another number is at most `tolerance`, in exact decimal arithmetic.
  ///
  /// Numbers more than 20,000 orders of magnitude apart, or with exponents of more than 18 digits, are
  /// within a tolerance only when they are equal.
  package func isWithin(_ tolerance: JSONNumber, of other: JSONNumber) -> Bool {
    guard let one = ExactDecimal(self), let two = ExactDecimal(other),
      let limit = ExactDecimal(tolerance),
      let isWithin = one.isDistance(to: two, atMost: limit)
    else { return self == other }
    return isWithin
  }
}

extension JSONNumber {
  /// Whether the distance to another number is at most a part of that number, in exact decimal arithmetic.
  func isWithin(relative part: JSONNumber, of other: JSONNumber) -> Bool {
    guard let one = ExactDecimal(self), let two = ExactDecimal(other),
      let part = ExactDecimal(part),
      let isWithin = one.isDistance(to: two, atMost: part.magnitude(times: two))
    else { return self == other }
    return isWithin
  }
}

extension ExactDecimal {
  /// The product of both, without its sign.
  func magnitude(times other: ExactDecimal) -> ExactDecimal {
    var places = Array(repeating: 0, count: digits.count + other.digits.count)
    for (index, digit) in digits.enumerated() {
      for (otherIndex, otherDigit) in other.digits.enumerated() {
        places[index + otherIndex + 1] += Int(digit) * Int(otherDigit)
      }
    }
    return ExactDecimal(
      digits: carried(places).map { UInt8($0) }, exponent: exponent + other.exponent)
  }

  /// Whether the distance is at most a limit; nil when the digits do not fit into one number.
  func isDistance(to other: ExactDecimal, atMost limit: ExactDecimal) -> Bool? {
    let numbers = [self, other, limit].filter { !$0.digits.isEmpty }
    guard let low = numbers.map(\.exponent).min(),
      let high = numbers.map({ $0.exponent + $0.digits.count }).max()
    else { return true }
    guard high - low <= 20_000 else { return nil }
    // One digit more than the longest, for the carry of a sum.
    let width = high - low + 1
    let one = digits(from: low, width: width)
    let two = other.digits(from: low, width: width)
    let distance: [Int]
    if isNegative != other.isNegative {
      distance = carried(zip(one, two).map { $0 + $1 })
    } else if two.lexicographicallyPrecedes(one) {
      distance = carried(zip(one, two).map { $0 - $1 })
    } else {
      distance = carried(zip(two, one).map { $0 - $1 })
    }
    return !limit.digits(from: low, width: width).lexicographicallyPrecedes(distance)
  }

  /// The digits down to a power of ten, most significant first, with zeros in front.
  private func digits(from low: Int, width: Int) -> [Int] {
    guard !digits.isEmpty else { return Array(repeating: 0, count: width) }
    let zerosBehind = exponent - low
    return Array(repeating: 0, count: width - digits.count - zerosBehind) + digits.map(Int.init)
      + Array(repeating: 0, count: zerosBehind)
  }

  /// Brings every place back to 0 to 9.
  private func carried(_ places: [Int]) -> [Int] {
    var places = places
    var carry = 0
    for index in places.indices.reversed() {
      let value = places[index] + carry
      carry = value < 0 ? -1 : value / 10
      places[index] = value - carry * 10
    }
    return places
  }
}

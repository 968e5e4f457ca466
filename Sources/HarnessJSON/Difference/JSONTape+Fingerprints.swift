/// What of a number goes into its fingerprint.
enum NumberPrint {
  case value, lexeme, double
}

extension JSONComparison.NumberPolicy {
  var print: NumberPrint {
    switch self {
    case .value, .within: .value
    case .lexeme: .lexeme
    case .double: .double
    }
  }
}

extension JSONTape {
  /// The fingerprint of a name.
  @inline(__always)
  func fingerprint(
    of token: JSONToken, in bytes: UnsafeBufferPointer<UInt8>, _ hasher: FingerprintHasher
  ) -> Fingerprint {
    guard !token.isEscaped else { return escapedFingerprint(of: token, hasher) }
    let content = token.start + 1..<token.start + token.payload - 1
    return unsafe hasher.mix(hasher.start(1), UnsafeBufferPointer(rebasing: bytes[content]))
  }

  @inline(never)
  private func escapedFingerprint(
    of token: JSONToken, _ hasher: FingerprintHasher
  ) -> Fingerprint {
    var content: [UInt8] = []
    forEachByte(of: token) { content.append($0) }
    return unsafe content.withUnsafeBufferPointer { unsafe hasher.mix(hasher.start(1), $0) }
  }

  /// The fingerprint of a scalar.
  @inline(__always)
  func fingerprint(
    of token: JSONToken, in bytes: UnsafeBufferPointer<UInt8>, _ hasher: FingerprintHasher,
    _ numbers: NumberPrint
  ) -> Fingerprint {
    switch token.kind {
    case .string, .escapedString: return unsafe fingerprint(of: token, in: bytes, hasher)
    case .integer, .decimal:
      let range = token.start..<token.start + token.payload
      let lexeme = unsafe UnsafeBufferPointer(rebasing: bytes[range])
      switch numbers {
      case .value:
        guard let (digits, exponent) = unsafe shortDecimal(lexeme) else {
          return longFingerprint(of: token, hasher)
        }
        return hasher.mix(
          hasher.start(2), UInt64(bitPattern: digits), UInt64(bitPattern: Int64(exponent)))
      case .lexeme: return unsafe hasher.mix(hasher.start(3), lexeme)
      case .double:
        let double = Double(JSONNumber(scanned: text(token.start, token.payload)))
        guard double.isFinite else { return longFingerprint(of: token, hasher) }
        return hasher.mix(hasher.start(4), double == 0 ? 0 : double.bitPattern, 0)
      }
    case .null, .true, .false: return hasher.start(20 + UInt64(token.kind.rawValue))
    case .name, .escapedName, .array, .object, .close:
      preconditionFailure("\(token.kind) is no scalar")
    }
  }

  /// A number of at most 18 significant digits without an exponent, in lowest terms; nil for any other.
  @inline(__always)
  private func shortDecimal(
    _ lexeme: UnsafeBufferPointer<UInt8>
  ) -> (digits: Int64, exponent: Int)? {
    guard lexeme.count <= 40 else { return nil }
    var digits: Int64 = 0
    var exponent = 0
    var isFraction = false
    var isNegative = false
    for index in 0..<lexeme.count {
      let byte = unsafe lexeme[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        guard digits < 100_000_000_000_000_000 else { return nil }
        digits = digits &* 10 &+ Int64(digit)
        if isFraction { exponent -= 1 }
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte == UInt8(ascii: "-") {
        isNegative = true
      } else {
        return nil
      }
    }
    guard digits != 0 else { return (0, 0) }
    while digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    return (isNegative ? -digits : digits, exponent)
  }

  @inline(never)
  private func longFingerprint(of token: JSONToken, _ hasher: FingerprintHasher) -> Fingerprint {
    let number = JSONNumber(scanned: text(token.start, token.payload))
    guard let exact = ExactDecimal(number) else {
      return unsafe Array(number.lexeme.utf8).withUnsafeBufferPointer {
        unsafe hasher.mix(hasher.start(5), $0)
      }
    }
    // The same as for a short one, where it is short in lowest terms.
    if exact.digits.count <= 18 {
      let magnitude = exact.digits.reduce(0 as Int64) { $0 * 10 + Int64($1) }
      let digits = UInt64(bitPattern: exact.isNegative ? -magnitude : magnitude)
      return hasher.mix(hasher.start(2), digits, UInt64(bitPattern: Int64(exact.exponent)))
    }
    let state = hasher.mix(
      hasher.start(exact.isNegative ? 12 : 13), UInt64(bitPattern: Int64(exact.exponent)), 0)
    return unsafe exact.digits.withUnsafeBufferPointer { unsafe hasher.mix(state, $0) }
  }
}

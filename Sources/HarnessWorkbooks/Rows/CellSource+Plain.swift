#if canImport(FoundationEssentials)
  import struct FoundationEssentials.Decimal
#else
  import struct Foundation.Decimal
#endif

// What nearly every cell is: just the value that is wanted. Each is nil for any other cell, which is no
// verdict yet: `CellConversion` then reads it by all the rules. Written out for each type, because a
// generic form would look its type up for every cell.
extension CellSource {
  /// The number; nil unless the cell holds a number that is no date, time or duration.
  var plainDouble: Double? {
    guard let stored, storage.context.isPlainNumber(stored.style) else { return nil }
    return storage.store.number(stored)
  }

  /// The whole number that a double holds exactly.
  var plainInt: Int? {
    guard let number = plainDouble, number.magnitude < 9_007_199_254_740_992 else { return nil }
    return Int(exactly: number)
  }

  /// The text without blanks around it; nil for a blank one.
  var plainText: String? {
    guard let stored else { return nil }
    switch stored.content {
    case .text, .sharedString:
      let text = trimmed(storage.store.text(stored, storage.context))
      return text.isEmpty ? nil : text
    case .empty, .number, .shortNumber, .error, .isoDate, .boolean: return nil
    }
  }

  /// The day, without a time.
  var plainDate: SheetDate? {
    guard let stored, storage.context.format(stored.style).meaning == .date,
      case .date(let point) = storage.store.value(stored, storage.context), point.time == .midnight
    else { return nil }
    return point.date
  }

  /// The decimal number of at most 15 digits without an exponent.
  var plainDecimal: Decimal? {
    guard let stored, storage.context.isPlainNumber(stored.style) else { return nil }
    switch stored.content {
    case .number(let range): return storage.store.arena.withText(range) { decimal(ofDigits: $0) }
    case .shortNumber:
      return decimal(ofDigits: Array(storage.store.text(stored, storage.context).utf8).span)
    case .empty, .text, .error, .isoDate, .sharedString, .boolean: return nil
    }
  }
}

private func decimal(ofDigits digits: borrowing Span<UInt8>) -> Decimal? {
  var significand: UInt64 = 0
  var count = 0
  var decimals = 0
  var isAfterPoint = false
  for index in digits.indices {
    let byte = digits[index]
    if isDigit(byte) {
      significand = significand * 10 + UInt64(byte - 0x30)
      count += 1
      if isAfterPoint { decimals += 1 }
    } else if byte == UInt8(ascii: ".") {
      isAfterPoint = true
    } else if byte != UInt8(ascii: "-") {
      return nil
    }
    if count > 15 { return nil }
  }
  let isNegative = digits.count > 0 && digits[0] == UInt8(ascii: "-")
  return Decimal(
    sign: isNegative ? .minus : .plus, exponent: -decimals, significand: Decimal(significand))
}

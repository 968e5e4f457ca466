/// The bytes of a text while it is scanned: finds where whitespace, strings and numbers end.
///
/// The functions look at eight bytes at a time where they can, never past the end, and answer -1 for what
/// breaks the grammar; ``JSONDiagnosis`` then finds out what that is.
///
/// Valid only inside the closure that lends the bytes. Safe there: each index is compared with the count
/// before it is read, which debug builds check again.
@safe struct JSONText {
  private let base: UnsafePointer<UInt8>
  let count: Int

  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    // An empty buffer may have no address, and then nothing is read.
    unsafe base = buffer.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
    count = buffer.count
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count)
    return unsafe base[index]
  }

  /// The eight bytes from an index on, which the caller has compared with the end; the first is the lowest.
  @inline(__always)
  func word(_ index: Int) -> UInt64 {
    unsafe UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self).littleEndian
  }

  /// The index of the first byte that is no whitespace.
  ///
  /// Source: RFC 8259, section 2.
  @inline(__always)
  func afterWhitespace(_ index: Int) -> Int {
    if index < count, self[index] > 0x20 { return index }
    return afterLongWhitespace(index)
  }

  @inline(never)
  private func afterLongWhitespace(_ start: Int) -> Int {
    var index = start
    while index < count {
      switch self[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return index
      }
      // Indentation.
      while index + 8 <= count, word(index) == 0x2020_2020_2020_2020 { index += 8 }
    }
    return index
  }

  /// The index after the closing quotation mark of the string that begins here, -1 where it is broken.
  ///
  /// Source: RFC 8259, section 7.
  @inline(__always)
  func endOfString(_ start: Int, isEscaped: inout Bool) -> Int {
    var index = start + 1
    while index + 8 <= count {
      let special = Self.special(word(index))
      guard special == 0 else {
        index += special.trailingZeroBitCount >> 3
        if self[index] == UInt8(ascii: "\"") { return index + 1 }
        return endOfLongString(index, &isEscaped)
      }
      index += 8
    }
    return endOfLongString(index, &isEscaped)
  }

  /// Marks the quotation marks, backslashes, control characters and bytes above 0x7F of eight bytes.
  ///
  /// Only the lowest mark is exact: a borrow may mark bytes above it.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    return
      ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20)
      | word) & (ones &* 0x80)
  }

  /// How many of eight bytes stand before the first backslash.
  @inline(__always)
  static func bytesBeforeBackslash(_ word: UInt64) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let backslash = word ^ (ones &* 0x5C)
    return ((backslash &- ones) & ~backslash & (ones &* 0x80)).trailingZeroBitCount >> 3
  }

  /// Goes on inside a string, by scalars and escapes.
  @inline(never)
  private func endOfLongString(_ start: Int, _ isEscaped: inout Bool) -> Int {
    var index = start
    while index < count {
      let byte = self[index]
      switch byte {
      case UInt8(ascii: "\""): return index + 1
      case UInt8(ascii: "\\"):
        isEscaped = true
        index = endOfEscape(index)
        guard index > 0 else { return -1 }
      case 0..<0x20: return -1
      case 0..<0x80:
        index += 1
        while index + 8 <= count {
          let special = Self.special(word(index))
          guard special == 0 else {
            index += special.trailingZeroBitCount >> 3
            break
          }
          index += 8
        }
      default:
        index = endOfScalar(index)
        guard index > 0 else { return -1 }
      }
    }
    return -1
  }

  /// The index after an escape, -1 where it is broken or half a surrogate pair.
  @inline(__always)
  func endOfEscape(_ index: Int) -> Int {
    guard index + 1 < count else { return -1 }
    switch self[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return index + 2
    case UInt8(ascii: "u"):
      let unit = hexUnit(index + 2)
      guard unit >= 0 else { return -1 }
      guard unit >= 0xD800, unit < 0xE000 else { return index + 6 }
      guard unit < 0xDC00, index + 7 < count, self[index + 6] == UInt8(ascii: "\\"),
        self[index + 7] == UInt8(ascii: "u")
      else { return -1 }
      let low = hexUnit(index + 8)
      return low >= 0xDC00 && low < 0xE000 ? index + 12 : -1
    default: return -1
    }
  }

  /// The value of four hexadecimal digits, -1 where they are not there.
  @inline(__always)
  func hexUnit(_ index: Int) -> Int {
    guard index + 4 <= count else { return -1 }
    var unit = 0
    for offset in 0..<4 {
      let digit = hexDigit(self[index + offset])
      guard digit >= 0 else { return -1 }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// The index after a scalar of two to four bytes, -1 where it is no UTF-8.
  ///
  /// The range of the second byte shuts out overlong forms, surrogates and what is past U+10FFFF.
  ///
  /// Source: RFC 3629, section 4.
  @inline(__always)
  func endOfScalar(_ index: Int) -> Int {
    let lead = self[index]
    switch lead {
    case 0xC2...0xDF:
      return index + 1 < count && isContinuation(index + 1) ? index + 2 : -1
    case 0xE0...0xEF:
      guard index + 2 < count, isContinuation(index + 1), isContinuation(index + 2) else {
        return -1
      }
      let second = self[index + 1]
      if lead == 0xE0, second < 0xA0 { return -1 }
      if lead == 0xED, second > 0x9F { return -1 }
      return index + 3
    case 0xF0...0xF4:
      guard index + 3 < count, isContinuation(index + 1), isContinuation(index + 2),
        isContinuation(index + 3)
      else { return -1 }
      let second = self[index + 1]
      if lead == 0xF0, second < 0x90 { return -1 }
      if lead == 0xF4, second > 0x8F { return -1 }
      return index + 4
    default: return -1
    }
  }

  @inline(__always)
  private func isContinuation(_ index: Int) -> Bool { self[index] & 0xC0 == 0x80 }

  /// The index after the number that begins here, -1 where it is broken.
  ///
  /// Source: RFC 8259, section 6.
  @inline(__always)
  func endOfNumber(_ start: Int, isDecimal: inout Bool) -> Int {
    var index = start
    if self[index] == UInt8(ascii: "-") { index += 1 }
    if index < count, self[index] == UInt8(ascii: "0") {
      index += 1
      if index < count, isDigit(self[index]) { return -1 }
    } else {
      let first = index
      while index < count, isDigit(self[index]) { index += 1 }
      guard index > first else { return -1 }
    }
    guard index < count else { return index }
    if self[index] == UInt8(ascii: ".") {
      isDecimal = true
      index += 1
      let first = index
      while index < count, isDigit(self[index]) { index += 1 }
      guard index > first else { return -1 }
    }
    guard index < count, self[index] | 0x20 == UInt8(ascii: "e") else { return index }
    isDecimal = true
    index += 1
    if index < count, self[index] == UInt8(ascii: "+") || self[index] == UInt8(ascii: "-") {
      index += 1
    }
    let first = index
    while index < count, isDigit(self[index]) { index += 1 }
    return index > first ? index : -1
  }

  /// Whether a literal stands here; the first byte was looked at.
  @inline(__always)
  func has(_ second: UInt8, _ third: UInt8, _ fourth: UInt8, after index: Int) -> Bool {
    index + 3 < count && self[index + 1] == second && self[index + 2] == third
      && self[index + 3] == fourth
  }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// The value of a hexadecimal digit, -1 for any other byte.
@inline(__always)
func hexDigit(_ byte: UInt8) -> Int {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30
  case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 0x57
  case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 0x37
  default: -1
  }
}

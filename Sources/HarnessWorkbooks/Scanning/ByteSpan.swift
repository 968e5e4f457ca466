extension Span<UInt8> {
  /// The bytes as an array.
  var bytes: [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }

  func contains(where isWanted: (UInt8) -> Bool) -> Bool {
    for index in indices where isWanted(self[index]) { return true }
    return false
  }

  /// Where the bytes are without blanks of XML around them.
  var trimmedRange: Range<Int> {
    var start = 0
    var end = count
    while start < end, isXMLBlank(self[start]) { start += 1 }
    while end > start, isXMLBlank(self[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Where the bytes are that are shown of a `t`: without the blanks around them, or with all.
  func shownRange(preservesSpace: Bool) -> Range<Int> {
    preservesSpace ? 0..<count : trimmedRange
  }

  func isEqual(to text: StaticString) -> Bool {
    matches(text) { $0 }
  }

  func isEqual(toLowercase text: StaticString) -> Bool {
    matches(text) { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
  }

  private func matches(_ text: StaticString, _ fold: (UInt8) -> UInt8) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in indices where unsafe fold(self[index]) != text.utf8Start[index] { return false }
    return true
  }

  /// Whether there is an underscore before an `x`: the start of an escape, or of nothing.
  var mayHoldEscapes: Bool {
    var index = 0
    while index + 1 < count {
      if self[index] == UInt8(ascii: "_"), self[index + 1] | 0x20 == UInt8(ascii: "x") {
        return true
      }
      index += 1
    }
    return false
  }
}

/// Whether the byte is white space of XML.
func isXMLBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}

/// A number of digits alone; nil for anything else, and for one that no count here reaches.
func wholeNumber(_ text: Span<UInt8>) -> Int? {
  guard 1...15 ~= text.count else { return nil }
  var number = 0
  for index in text.indices {
    guard isDigit(text[index]) else { return nil }
    number = number * 10 + Int(text[index] - 0x30)
  }
  return number
}

/// The digits of a number without an exponent, the first in the lowest byte; nil for anything else.
///
/// For at most seven of them.
func packedNumber(_ text: Span<UInt8>) -> UInt64? {
  var packed: UInt64 = 0
  var digits = 0
  var points = 0
  for index in text.indices {
    let byte = text[index]
    if isDigit(byte) {
      digits += 1
    } else if byte == UInt8(ascii: ".") {
      // A number may begin with its point, and may end with it.
      points += 1
    } else if index > 0 || byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+") {
      return nil
    }
    packed |= UInt64(byte) << (index * 8)
  }
  return digits > 0 && points <= 1 ? packed : nil
}

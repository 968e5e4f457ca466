/// Checks text piece by piece, and fails at the first byte that cannot be part of UTF-8.
///
/// Source: RFC 3629, section 4; RFC 6455, section 8.1.
struct UTF8Check: Sendable {
  /// Bytes that the scalar in progress still needs.
  private var missing = 0
  /// What the next of them may be: the first is narrower for some lead bytes.
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xbf

  /// Whether the text so far ends with a whole scalar.
  var isComplete: Bool { missing == 0 }

  /// Takes in the next bytes, those of the array from `start` on; false when the text is not UTF-8,
  /// whatever follows.
  mutating func accept(_ bytes: [UInt8], from start: Int = 0) -> Bool {
    unsafe bytes.withUnsafeBytes { unsafe accept(UnsafeRawBufferPointer(rebasing: $0[start...])) }
  }

  /// Takes in the next bytes; false when the text is not UTF-8, whatever follows.
  mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    let end = bytes.count
    while position < end {
      if missing == 0 {
        position = unsafe Self.endOfASCII(bytes, from: position)
        if position == end { return true }
      }
      let byte = unsafe bytes[position]
      position += 1
      guard accept(byte) else { return false }
    }
    return true
  }

  /// Where a run of ASCII ends, as far as it can be told eight bytes at a time.
  private static func endOfASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var position = start
    let highBits: UInt64 = 0x8080_8080_8080_8080
    while bytes.count - position >= 32 {
      let a = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let b = unsafe bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self)
      let c = unsafe bytes.loadUnaligned(fromByteOffset: position + 16, as: UInt64.self)
      let d = unsafe bytes.loadUnaligned(fromByteOffset: position + 24, as: UInt64.self)
      if (a | b | c | d) & highBits != 0 { break }
      position += 32
    }
    while bytes.count - position >= 8,
      unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & highBits == 0
    {
      position += 8
    }
    return position
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    if missing > 0 {
      guard byte >= lower && byte <= upper else { return false }
      missing -= 1
      (lower, upper) = (0x80, 0xbf)
      return true
    }
    switch byte {
    case ...0x7f: return true
    case 0xc2...0xdf: missing = 1
    case 0xe0: (missing, lower) = (2, 0xa0)
    // Surrogates have no encoding.
    case 0xed: (missing, upper) = (2, 0x9f)
    case 0xe1...0xef: missing = 2
    case 0xf0: (missing, lower) = (3, 0x90)
    case 0xf1...0xf3: missing = 3
    case 0xf4: (missing, upper) = (3, 0x8f)
    default: return false
    }
    return true
  }
}

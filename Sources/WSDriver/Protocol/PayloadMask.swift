/// Masks a payload, or takes the mask off: the same operation, eight bytes at a time.
///
/// Source: RFC 6455, section 5.3.
struct PayloadMask: Sendable {
  private let key: UInt32
  /// How many bytes of the payload have been done, modulo 4.
  private var offset = 0

  /// Makes a mask; the key's highest byte goes with the first byte of the payload.
  init(key: UInt32) {
    self.key = key
  }

  /// Applies the mask to the next bytes of the payload.
  mutating func apply(to bytes: inout [UInt8], from start: Int = 0) {
    let count = bytes.count - start
    let word = word
    unsafe bytes.withUnsafeMutableBytes { buffer in
      var position = start
      let end = buffer.count
      while end - position >= 8 {
        let value = unsafe buffer.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        unsafe buffer.storeBytes(of: value ^ word, toByteOffset: position, as: UInt64.self)
        position += 8
      }
      var rest = word.littleEndian
      while position < end {
        unsafe buffer[position] ^= UInt8(truncatingIfNeeded: rest)
        rest >>= 8
        position += 1
      }
    }
    offset = (offset + count) & 3
  }

  /// The key twice, turned so that its byte for the next byte of the payload comes first in memory.
  private var word: UInt64 {
    let bits = UInt32(offset * 8)
    let turned = bits == 0 ? key : key << bits | key >> (32 - bits)
    return (UInt64(turned) << 32 | UInt64(turned)).bigEndian
  }
}

/// Masks a payload, or takes the mask off: the same operation, many bytes at a time.
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

  /// Applies the mask to the next bytes of the payload: those of the array from `start` on.
  mutating func apply(to bytes: inout [UInt8], from start: Int = 0) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe apply(to: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// Applies the mask to the next bytes of the payload.
  mutating func apply(to buffer: UnsafeMutableRawBufferPointer) {
    unsafe copy(UnsafeRawBufferPointer(buffer), to: buffer)
  }

  /// Copies the next bytes of the payload, and applies the mask on the way; the target has room for them, and is either
  /// theirs or another place.
  mutating func copy(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer) {
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    let word = word
    let end = source.count
    var position = 0
    // Four words a turn: it is what makes builds without optimization bearable.
    while end - position >= 32 {
      let here = unsafe from + position
      let there = unsafe to + position
      let a = unsafe here.loadUnaligned(as: UInt64.self) ^ word
      let b = unsafe here.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ word
      let c = unsafe here.loadUnaligned(fromByteOffset: 16, as: UInt64.self) ^ word
      let d = unsafe here.loadUnaligned(fromByteOffset: 24, as: UInt64.self) ^ word
      unsafe there.storeBytes(of: a, as: UInt64.self)
      unsafe there.storeBytes(of: b, toByteOffset: 8, as: UInt64.self)
      unsafe there.storeBytes(of: c, toByteOffset: 16, as: UInt64.self)
      unsafe there.storeBytes(of: d, toByteOffset: 24, as: UInt64.self)
      position += 32
    }
    var rest = word.littleEndian
    while position < end {
      unsafe target[position] = source[position] ^ UInt8(truncatingIfNeeded: rest)
      // Turned, not shifted: up to 31 bytes are left.
      rest = rest >> 8 | rest << 56
      position += 1
    }
    offset = (offset + end) & 3
  }

  /// The key twice, turned so that its byte for the next byte of the payload comes first in memory.
  private var word: UInt64 {
    let bits = UInt32(offset * 8)
    let turned = bits == 0 ? key : key << bits | key >> (32 - bits)
    return (UInt64(turned) << 32 | UInt64(turned)).bigEndian
  }
}

import CHarnessZlib

/// Compresses one body, piece by piece.
@safe
final class ContentEncoder {
  private let handle: OpaquePointer
  private let coding: HTTPContentCoding
  private var hasBegun = false
  private var count: UInt32 = 0
  private var crc: UInt32 = 0
  private var adler = Adler32()

  /// Makes an encoder; nil when memory ran out.
  init?(_ coding: HTTPContentCoding) {
    guard let handle = unsafe charness_deflater_create(6, 15) else { return nil }
    unsafe self.handle = handle
    self.coding = coding
  }

  deinit { unsafe charness_deflater_destroy(handle) }

  func encode(_ piece: [UInt8]) -> [UInt8] {
    switch coding {
    case .gzip:
      crc = unsafe piece.withUnsafeBufferPointer { bytes in
        unsafe charness_crc32(crc, bytes.baseAddress, bytes.count)
      }
      count &+= UInt32(truncatingIfNeeded: piece.count)
    case .deflate: adler.update(piece)
    }
    return begin() + step(piece, .none)
  }

  func finish() -> [UInt8] {
    let end = begin() + step([], .finish)
    switch coding {
    case .gzip: return end + Self.littleEndian(crc) + Self.littleEndian(count)
    case .deflate: return end + Self.littleEndian(adler.sum.byteSwapped)
    }
  }

  private func begin() -> [UInt8] {
    guard !hasBegun else { return [] }
    hasBegun = true
    switch coding {
    // No name, no time, an unknown system: the same bytes whenever they are made (RFC 1952, section 2.3).
    case .gzip: return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
    case .deflate: return [0x78, 0x9c]
    }
  }

  private func step(_ piece: [UInt8], _ flush: CHarnessZlibFlush) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    while true {
      var consumed = 0
      var isDone = false
      let room = unsafe [UInt8](unsafeUninitializedCapacity: 16 << 10) { output, written in
        unsafe piece.withUnsafeBufferPointer { input in
          let rest = unsafe input.baseAddress.map { unsafe $0 + position }
          let step = unsafe charness_deflater_step(
            handle, rest, input.count - position, output.baseAddress, output.count, flush)
          consumed = step.consumed
          written = step.produced
          isDone =
            step.status != CHarnessZlibStatus.continue
            || (flush == .none && position + step.consumed == input.count
              && step.produced < output.count)
        }
      }
      position += consumed
      result += room
      if isDone { return result }
    }
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// The checksum of zlib's format.
///
/// Source: RFC 1950, section 8.2.
struct Adler32 {
  private var a: UInt32 = 1
  private var b: UInt32 = 0

  var sum: UInt32 { b << 16 | a }

  mutating func update(_ bytes: some Collection<UInt8>) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // So many steps fit 32 bits before the remainder is taken.
      for byte in rest.prefix(5_552) {
        a += UInt32(byte)
        b += a
      }
      a %= 65_521
      b %= 65_521
      rest = rest.dropFirst(5_552)
    }
  }
}

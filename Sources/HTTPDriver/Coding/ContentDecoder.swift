import CHarnessZlib

/// Undoes the compression of a whole body, within a limit on what comes out.
@safe
enum ContentDecoder {
  static func decode(
    _ bytes: [UInt8], _ coding: HTTPContentCoding, limit: Int
  ) throws(ContentCodingFault) -> [UInt8] {
    switch coding {
    case .gzip: try gunzip(bytes, limit: limit)
    case .deflate: try unzlib(bytes, limit: limit)
    }
  }

  /// Source: RFC 1952, section 2.2: members may follow each other.
  private static func gunzip(
    _ bytes: [UInt8], limit: Int
  ) throws(ContentCodingFault) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    repeat {
      rest = try afterGzipHeader(rest)
      let start = result.count
      try inflate(&rest, onto: &result, limit: limit)
      guard rest.count >= 8 else { throw .cutOff }
      let crc = unsafe result[start...].withUnsafeBufferPointer { bytes in
        unsafe charness_crc32(0, bytes.baseAddress, bytes.count)
      }
      let sum = littleEndian(rest.prefix(4))
      let size = littleEndian(rest.dropFirst(4).prefix(4))
      guard sum == crc, size == UInt32(truncatingIfNeeded: result.count - start) else {
        throw .wrongSum
      }
      rest = rest.dropFirst(8)
    } while !rest.isEmpty
    return result
  }

  /// Source: RFC 1952, section 2.3.1.
  private static func afterGzipHeader(
    _ bytes: ArraySlice<UInt8>
  ) throws(ContentCodingFault) -> ArraySlice<UInt8> {
    guard bytes.prefix(3).elementsEqual([0x1f, 0x8b, 8].prefix(bytes.count)), !bytes.isEmpty else {
      throw .notTheFormat(.gzip)
    }
    guard bytes.count >= 10 else { throw .cutOff }
    let flags = bytes[bytes.startIndex + 3]
    // Bits that are not in use must be zero.
    guard flags & 0xe0 == 0 else { throw .notTheFormat(.gzip) }
    var rest = bytes.dropFirst(10)
    func drop(_ count: Int) throws(ContentCodingFault) {
      guard rest.count >= count else { throw .cutOff }
      rest = rest.dropFirst(count)
    }
    if flags & 4 != 0 {
      guard rest.count >= 2 else { throw .cutOff }
      try drop(2 + Int(rest[rest.startIndex]) + Int(rest[rest.startIndex + 1]) << 8)
    }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      guard let zero = rest.firstIndex(of: 0) else { throw .cutOff }
      rest = rest[(zero + 1)...]
    }
    if flags & 2 != 0 { try drop(2) }
    return rest
  }

  /// Source: RFC 1950, section 2.2.
  private static func unzlib(
    _ bytes: [UInt8], limit: Int
  ) throws(ContentCodingFault) -> [UInt8] {
    guard bytes.count >= 2, bytes[0] & 0x0f == 8, bytes[0] >> 4 <= 7,
      (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0, bytes[1] & 0x20 == 0
    else { throw .notTheFormat(.deflate) }
    var result: [UInt8] = []
    var rest = bytes.dropFirst(2)
    try inflate(&rest, onto: &result, limit: limit)
    guard rest.count >= 4 else { throw .cutOff }
    var adler = Adler32()
    adler.update(result)
    guard littleEndian(rest.prefix(4)).byteSwapped == adler.sum else { throw .wrongSum }
    guard rest.count == 4 else { throw .trailingBytes(rest.count - 4) }
    return result
  }

  /// Inflates to the end of the stream; `rest` is then what follows it.
  private static func inflate(
    _ rest: inout ArraySlice<UInt8>, onto result: inout [UInt8], limit: Int
  ) throws(ContentCodingFault) {
    guard let handle = unsafe charness_inflater_create(15) else { throw .outOfMemory }
    defer { unsafe charness_inflater_destroy(handle) }
    while true {
      var consumed = 0
      var status = CHarnessZlibStatus.continue
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { output, written in
        unsafe rest.withUnsafeBufferPointer { input in
          let step = unsafe charness_inflater_step(
            handle, input.baseAddress, input.count, output.baseAddress, output.count)
          consumed = step.consumed
          written = step.produced
          status = step.status
        }
      }
      rest = rest.dropFirst(consumed)
      guard result.count + piece.count <= limit else { throw .tooLong(limit: limit) }
      result += piece
      switch status {
      case .end: return
      case .damaged: throw .damaged
      case .outOfMemory: throw .outOfMemory
      default: if consumed == 0, piece.isEmpty { throw .cutOff }
      }
    }
  }

  private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

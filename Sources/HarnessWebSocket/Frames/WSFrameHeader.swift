/// Everything of a frame that comes before its payload.
///
/// Source: RFC 6455, section 5.2.
struct WSFrameHeader: Hashable, Sendable {
  /// The longest header has 14 bytes.
  static let longest = 14

  var isFinal = true
  var reserved: WSReservedBits = []
  var opcode: WSOpcode
  /// The masking key, its first byte highest; nil where the payload is not masked.
  var mask: UInt32?
  var length: Int

  /// The bytes on the wire, with the shortest form of the length.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// Appends the bytes on the wire, with the shortest form of the length.
  func write(to output: inout [UInt8]) {
    output.append((isFinal ? 0x80 : 0) | reserved.rawValue << 4 | opcode.rawValue & 0xf)
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    switch length {
    case ...125: output.append(maskBit | UInt8(length))
    case ...0xffff:
      output.append(maskBit | 126)
      output.append(bigEndian: UInt64(length), bytes: 2)
    default:
      output.append(maskBit | 127)
      output.append(bigEndian: UInt64(length), bytes: 8)
    }
    if let mask { output.append(bigEndian: UInt64(mask), bytes: 4) }
  }
}

extension WSFrameHeader {
  /// The frame on the wire: the payload is copied and masked in one go.
  func frame(of payload: UnsafeRawBufferPointer) -> [UInt8] {
    let start = bytes
    return unsafe [UInt8](unsafeUninitializedCapacity: start.count + payload.count) { room, count in
      count = start.count + payload.count
      let room = UnsafeMutableRawBufferPointer(room)
      unsafe room.copyBytes(from: start)
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[start.count..<count])
      if let mask {
        var mask = PayloadMask(key: mask)
        unsafe mask.copy(payload, to: rest)
      } else {
        unsafe rest.copyMemory(from: payload)
      }
    }
  }
}

extension [UInt8] {
  /// Appends the lowest bytes of a number in network byte order.
  mutating func append(bigEndian number: UInt64, bytes count: Int) {
    for index in 1...count {
      append(UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - index))))
    }
  }
}

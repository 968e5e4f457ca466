/// What a frame is.
///
/// Source: RFC 6455, section 5.2.
struct WSOpcode: RawRepresentable, Hashable, Sendable {
  let rawValue: UInt8

  static let continuation = WSOpcode(rawValue: 0x0)
  static let text = WSOpcode(rawValue: 0x1)
  static let binary = WSOpcode(rawValue: 0x2)
  static let close = WSOpcode(rawValue: 0x8)
  static let ping = WSOpcode(rawValue: 0x9)
  static let pong = WSOpcode(rawValue: 0xA)

  /// Control frames have the high bit (section 5.5).
  var isControl: Bool { rawValue & 0x8 != 0 }

  /// Whether the protocol gives it a meaning.
  var isKnown: Bool { rawValue <= 0x2 || (0x8...0xA).contains(rawValue) }

  /// The name in reports.
  var name: String {
    switch self {
    case .continuation: "more"
    case .text: "text"
    case .binary: "binary"
    case .close: "close"
    case .ping: "ping"
    case .pong: "pong"
    default: "opcode \(rawValue)"
    }
  }
}

/// Everything of a frame that comes before its payload.
///
/// Source: RFC 6455, section 5.2.
struct WSFrameHeader: Hashable, Sendable {
  var isFinal = true
  /// The bits RSV1, RSV2 and RSV3, the first one highest.
  var reserved: UInt8 = 0
  var opcode: WSOpcode
  /// The masking key, its first byte highest; nil where the payload is not masked.
  var mask: UInt32?
  var length: Int

  /// The bytes on the wire, with the shortest form of the length.
  var bytes: [UInt8] {
    var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode.rawValue]
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    switch length {
    case ...125: bytes.append(maskBit | UInt8(length))
    case ...0xffff:
      bytes.append(maskBit | 126)
      bytes.append(bigEndian: UInt16(length))
    default:
      bytes.append(maskBit | 127)
      bytes.append(bigEndian: UInt64(length))
    }
    if let mask { bytes.append(bigEndian: mask) }
    return bytes
  }
}

extension [UInt8] {
  /// Appends a number in network byte order.
  fileprivate mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
    for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

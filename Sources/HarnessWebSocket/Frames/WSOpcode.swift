/// What a frame is.
///
/// Source: RFC 6455, section 5.2.
public struct WSOpcode: RawRepresentable, Hashable, Sendable {
  /// The number; four bits go on the wire.
  public let rawValue: UInt8

  /// Makes an opcode of any number.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// 0: goes on with a fragmented message.
  public static let continuation = WSOpcode(rawValue: 0x0)
  /// 1: begins a text message.
  public static let text = WSOpcode(rawValue: 0x1)
  /// 2: begins a binary message.
  public static let binary = WSOpcode(rawValue: 0x2)
  /// 8: closes the WebSocket.
  public static let close = WSOpcode(rawValue: 0x8)
  /// 9: asks for a pong.
  public static let ping = WSOpcode(rawValue: 0x9)
  /// 10: answers a ping.
  public static let pong = WSOpcode(rawValue: 0xA)

  /// Whether it is a control frame, which has the high bit (section 5.5).
  public var isControl: Bool { rawValue & 0x8 != 0 }

  /// Whether the protocol gives it a meaning.
  var isKnown: Bool { rawValue <= 0x2 || (0x8...0xA).contains(rawValue) }

  /// The name in reports.
  package var name: String {
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

/// The three bits of a frame that extensions may give a meaning.
///
/// Source: RFC 6455, section 5.2.
public struct WSReservedBits: OptionSet, Hashable, Sendable {
  /// The bits RSV1, RSV2 and RSV3, the first one highest.
  public let rawValue: UInt8

  /// Makes a set of bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue & 0x7
  }

  /// RSV1: with permessage-deflate, the message is compressed (RFC 7692, section 7.2.3.1).
  public static let rsv1 = WSReservedBits(rawValue: 0x4)
  /// RSV2.
  public static let rsv2 = WSReservedBits(rawValue: 0x2)
  /// RSV3.
  public static let rsv3 = WSReservedBits(rawValue: 0x1)
}

/// Why a WebSocket was closed, as a number.
///
/// Source: RFC 6455, section 7.4, and the IANA registry it sets up.
public struct WSCloseCode: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The number.
  public let rawValue: UInt16

  /// Makes a code of any number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Makes a code of a literal number.
  public init(integerLiteral value: UInt16) {
    rawValue = value
  }

  /// 1000: what the connection was for is done.
  public static let normalClosure: WSCloseCode = 1000
  /// 1001: the server shuts down, or the user has left the page.
  public static let goingAway: WSCloseCode = 1001
  /// 1002: the peer broke the protocol.
  public static let protocolError: WSCloseCode = 1002
  /// 1003: the peer sent a kind of data that is not taken.
  public static let unsupportedData: WSCloseCode = 1003
  /// 1005, never on the wire: the close frame had no code.
  public static let noCode: WSCloseCode = 1005
  /// 1006, never on the wire: the connection ended without a close frame.
  public static let abnormalClosure: WSCloseCode = 1006
  /// 1007: text that is not UTF-8, or data that does not fit its type.
  public static let invalidPayload: WSCloseCode = 1007
  /// 1008: the peer broke a policy of the application.
  public static let policyViolation: WSCloseCode = 1008
  /// 1009: a message was too big.
  public static let messageTooBig: WSCloseCode = 1009
  /// 1011: the server met a condition it did not expect.
  public static let internalError: WSCloseCode = 1011

  /// Whether a close frame may carry it.
  ///
  /// 1004, 1005, 1006 and 1015 may not, and neither may numbers that nobody has registered; 3000 to 4999
  /// are free for frameworks and applications.
  public var mayBeSent: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}

extension WSCloseCode: CustomStringConvertible {
  /// The number, and its name where it has one, such as `1000 (normal closure)`.
  public var description: String {
    let name: String? =
      switch rawValue {
      case 1000: "normal closure"
      case 1001: "going away"
      case 1002: "protocol error"
      case 1003: "unsupported data"
      case 1005: "no code"
      case 1006: "no close frame"
      case 1007: "invalid payload"
      case 1008: "policy violation"
      case 1009: "message too big"
      case 1011: "internal error"
      default: nil
      }
    return name.map { "\(rawValue) (\($0))" } ?? "\(rawValue)"
  }
}

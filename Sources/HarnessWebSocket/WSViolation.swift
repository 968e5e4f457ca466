/// A rule that the peer broke, and the code to close the connection with.
public struct WSViolation: Error, Hashable, Sendable, CustomStringConvertible {
  /// The code that the specification asks for.
  public let code: WSCloseCode
  /// What happened, with the specification and section that forbids it.
  public let description: String

  static func protocolError(_ what: String, _ section: String) -> WSViolation {
    WSViolation(code: .protocolError, description: "\(what) (RFC 6455, section \(section))")
  }

  static func notUTF8(_ what: String) -> WSViolation {
    WSViolation(
      code: .invalidPayload, description: "\(what) is not UTF-8 (RFC 6455, section 8.1)")
  }

  static func tooBig(limit: Int) -> WSViolation {
    WSViolation(code: .messageTooBig, description: "a message is longer than \(limit) bytes")
  }

  static func expandsTooMuch(ratio: Int) -> WSViolation {
    WSViolation(
      code: .messageTooBig,
      description: "a compressed message grows to more than \(ratio) times its size")
  }

  static func notDeflate(_ what: String) -> WSViolation {
    WSViolation(code: .invalidPayload, description: "\(what) (RFC 7692, section 7.2.2)")
  }
}

/// A rule that the peer broke, and the code to close the connection with.
struct WSViolation: Error, Hashable, Sendable, CustomStringConvertible {
  let code: WSCloseCode
  /// What happened, with the section of RFC 6455 that forbids it.
  let description: String

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
}

public import HarnessWebSocket

/// How a WebSocket ended.
public struct WSClosure: Sendable, Hashable {
  /// What ended it.
  public enum Cause: Sendable, Hashable {
    /// A close frame of the peer.
    case closeFrame
    /// The end of the connection, in good order but without a close frame.
    case connectionClosed
    /// A TCP reset.
    case connectionReset
    /// The connection broke; the text says how.
    case connectionBroken(String)
    /// The peer broke a rule, which this side answered by closing; the text names the rule.
    case violation(String)
    /// More messages lay here than this side holds; the text says how much.
    case overflow(String)
  }

  /// The code of the close frame.
  ///
  /// 1005 where the frame had none and 1006 where there was no frame, as RFC 6455, section 7.1.5 has it;
  /// for a violation the code that this side closed with.
  public let code: WSCloseCode
  /// The reason in the close frame; empty where there was none.
  public let reason: String
  /// What ended it.
  public let cause: Cause
  /// Who sent the first close frame; nil where nobody did.
  public let closedBy: WSRole?
  /// Whether there was a close frame each way, and no rule was broken.
  ///
  /// Source: RFC 6455, section 7.1.4.
  public let isClean: Bool
  /// Whether it was this end that ended the connection.
  let isLeftHere: Bool
  /// The end that this was heard at.
  let side: WSRole

  init(
    code: WSCloseCode, reason: String = "", cause: Cause, closedBy: WSRole?, isClean: Bool = false,
    isLeftHere: Bool = false, side: WSRole
  ) {
    self.code = code
    self.reason = reason
    self.cause = cause
    self.closedBy = closedBy
    self.isClean = isClean
    self.isLeftHere = isLeftHere
    self.side = side
  }
}

extension WSClosure: CustomStringConvertible {
  /// The closure in words, such as `closed by the server with 1000 (normal closure), reason "done"`.
  public var description: String {
    let peer = "the \(side.peer == .server ? "server" : "client")"
    switch cause {
    case .closeFrame:
      let reason = reason.isEmpty ? "" : ", reason \(reason.debugDescription)"
      // What answers a close frame of this side says nothing but that it came.
      let verb = closedBy == side ? "closed by this side, answered by \(peer)" : "closed by \(peer)"
      return "\(verb) with \(code)\(reason)"
    case .connectionClosed where isLeftHere, .connectionReset where isLeftHere:
      return "\(code): this side ended the connection without a close frame of \(peer)"
    case .connectionClosed: return "\(code): \(peer) closed the connection without a close frame"
    case .connectionReset: return "\(code): \(peer) reset the connection"
    case .connectionBroken(let how): return "\(code): the connection broke: \(how)"
    case .violation(let what), .overflow(let what): return "closed with \(code), because \(what)"
    }
  }
}

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
}

extension WSClosure: CustomStringConvertible {
  /// The closure in words, such as `closed by the server with 1000 (normal closure), reason "done"`.
  public var description: String {
    switch cause {
    case .closeFrame where reason.isEmpty: "closed by the server with \(code)"
    case .closeFrame: "closed by the server with \(code), reason \(reason.debugDescription)"
    case .connectionClosed: "\(code): the server closed the connection without a close frame"
    case .connectionReset: "\(code): the server reset the connection"
    case .connectionBroken(let how): "\(code): the connection broke: \(how)"
    case .violation(let what): "closed with \(code), because \(what)"
    }
  }
}

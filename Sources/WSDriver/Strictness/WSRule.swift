import HarnessWebSocket

/// A rule that a server must keep to, and how a client finds out.
public struct WSRule: Sendable {
  /// What a server must do.
  enum Expectation: Sendable {
    /// Close, with one of these codes.
    case closes([WSCloseCode])
    /// Answer a close frame with this code; nil with none.
    case answersClose(WSCloseCode?)
    /// Go on, and answer these pings, the last one at least.
    case answersPing([UInt8])
    /// Go on as if nothing had come.
    case goesOn
  }

  /// Names the rule for ``WSDriver/WSDriver/expectStrictness(_:headers:subprotocols:rules:except:codes:within:fileID:filePath:line:column:)``,
  /// such as `5.2 opcode 3`.
  public let name: String
  /// Where it stands, such as `RFC 6455, section 5.2`.
  public let source: String
  let bytes: [UInt8]
  let expectation: Expectation
  /// Whether the bytes end within a frame, so that a ping behind them would be part of it.
  var endsWithinFrame = false
  /// Whether it is asked of a connection with permessage-deflate, where the server takes it.
  let isCompressed: Bool
  /// Whether the bytes are sent one by one.
  var isSlow = false

  /// Makes a rule of a section of RFC 6455, or of the RFC that is named: what is sent, and what must follow.
  init(
    _ section: String, _ what: String, _ expectation: Expectation, _ frames: WSFrame...,
    rfc: String = "RFC 6455"
  ) {
    name = "\(section) \(what)"
    source = "\(rfc), section \(section)"
    // Any key will do: it is the server that is tested.
    bytes = frames.flatMap { $0.bytes(sentBy: .client) { 0x37fa_213d } }
    self.expectation = expectation
    isCompressed = rfc == "RFC 7692"
  }
}

/// How a server stands to a rule.
public struct WSRuleVerdict: Sendable {
  /// How well a rule is kept.
  public enum Grade: Sendable, Hashable {
    /// As the RFC has it.
    case kept
    /// The connection is ended, but with another code than the RFC has, or without a close frame.
    case lenient
    /// The server goes on as if the rule were not there.
    case broken
    /// It could not be asked: the server takes no permessage-deflate, or the application closed because of a message
    /// that no rule forbids.
    case skipped
  }

  /// The rule.
  public let rule: WSRule
  /// How well it is kept.
  public let grade: Grade
  /// What the server did.
  public let finding: String
}

/// What one side of a WebSocket does by itself.
///
/// It keeps to the rules unless it is told otherwise, to play a peer that has gone silent.
public struct WSBehaviour: Sendable, Hashable {
  /// Whether pings are answered, as RFC 6455, section 5.5.2 asks for.
  public var answersPings: Bool
  /// Whether a close frame is answered, as RFC 6455, section 5.5.1 asks for.
  public var answersClose: Bool

  /// Says what is answered.
  public init(answersPings: Bool = true, answersClose: Bool = true) {
    self.answersPings = answersPings
    self.answersClose = answersClose
  }

  /// Keeps to the rules.
  public static let regular = WSBehaviour()
  /// Answers nothing, as the far side of a connection that is half open.
  public static let silent = WSBehaviour(answersPings: false, answersClose: false)
}

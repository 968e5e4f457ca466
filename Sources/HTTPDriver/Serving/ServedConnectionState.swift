/// How far a connection of a server has come with the request that it is at: what is to be done when bytes follow
/// that are no HTTP.
///
/// It only decides.
struct ServedConnectionState {
  /// What is to be done about bytes that are no HTTP.
  enum Action: Equatable {
    /// Nothing: the connection is being closed, and they lie behind its last request.
    case ignore
    /// To close at once: an answer has begun that they are no part of.
    case close
    /// To answer with a 400, and to close then.
    case refuse
  }

  private enum Part {
    case none
    case begun
    case ended
  }

  private var request = Part.none
  private var answer = Part.none
  /// Whether no other request is taken.
  private var isLast = false
  /// Whether the answer is one of the connection's own: a handler's must not follow it.
  private(set) var isRefused = false

  mutating func requestBegan() {
    request = .begun
    answer = .none
  }

  mutating func requestEnded() {
    request = .ended
  }

  /// The head of the final answer is written.
  mutating func answerBegan(isLast: Bool) {
    answer = .begun
    self.isLast = self.isLast || isLast
  }

  mutating func answerEnded() {
    answer = .ended
  }

  /// The request is answered without a handler.
  mutating func refused() {
    isRefused = true
    isLast = true
    answer = .ended
  }

  /// Bytes came that are no HTTP.
  mutating func receivedNonsense() -> Action {
    switch (isLast, request, answer) {
    case (true, .ended, _): return .ignore
    case (true, _, _), (_, _, .begun), (_, .begun, .ended): return .close
    case (false, _, .none), (false, .none, .ended), (false, .ended, .ended):
      refused()
      return .refuse
    }
  }
}

/// Decides what is done about a test that does not end: it is told, then cancelled, then the process ends.
struct HangState: Sendable {
  enum Action: Equatable, Sendable {
    case none
    /// Tell of the hang, record the failure and cancel the test, which then has the grace to end.
    case tellAndCancel
    /// Tell of the hang and end the process: no task of the test could react.
    case tellAndExit
    /// End the process: the test did not react.
    case exit
  }

  private enum Stage: Sendable {
    case running
    case cancelled
    case ended
  }

  private var stage = Stage.running

  /// Whether the test has been told of, so that what it throws now is a consequence.
  var isTold: Bool {
    switch stage {
    case .running, .ended: false
    case .cancelled: true
    }
  }

  /// The limit has passed.
  mutating func limitPassed(isPoolBlocked: Bool) -> Action {
    switch stage {
    case .running:
      stage = .cancelled
      return isPoolBlocked ? .tellAndExit : .tellAndCancel
    case .cancelled, .ended: return .none
    }
  }

  /// The grace after the cancellation has passed.
  func gracePassed() -> Action {
    switch stage {
    case .cancelled: .exit
    case .running, .ended: .none
    }
  }

  /// The test has ended.
  mutating func end() { stage = .ended }
}

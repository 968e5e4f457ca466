/// Decides what a call of a completion handler means: it ought to be called once.
struct CompletionState<Value: Sendable>: Sendable {
  enum Action {
    /// This ends the wait.
    case end(CompletionEnd<Value>)
    /// This is the second call, which is a fault.
    case accuse(first: Call)
    case nothing
  }

  /// A call, as failures show it.
  struct Call: Sendable {
    let result: Result<Value, any Error>
    let instant: ContinuousClock.Instant
  }

  private enum Stage: Sendable {
    case open
    case called(Call)
    /// Called twice, and told so.
    case accused
    case letGo
  }

  private var stage = Stage.open

  /// The handler was called.
  mutating func receive(_ call: Call) -> Action {
    switch stage {
    case .open:
      stage = .called(call)
      return .end(.called(call.result))
    case .called(let first):
      stage = .accused
      return .accuse(first: first)
    case .accused, .letGo: return .nothing
    }
  }

  /// Nobody has the handler any more.
  mutating func letGo() -> Action {
    switch stage {
    case .open:
      stage = .letGo
      return .end(.neverCalled)
    case .called, .accused, .letGo: return .nothing
    }
  }
}

/// How the wait for a completion handler ends.
enum CompletionEnd<Value: Sendable>: Sendable {
  case called(Result<Value, any Error>)
  /// The handler was let go without having been called, so that it never will be.
  case neverCalled
}

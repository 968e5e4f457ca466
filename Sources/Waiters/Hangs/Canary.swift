import HarnessLock

/// Tells whether the cooperative pool takes work: a task that does nothing but run.
final class Canary: Sendable {
  private let state = Lock<(isReleased: Bool, hasSung: Bool)>((false, false))

  /// Starts the task, with the priority of most tasks: each priority has threads of its own.
  func release() {
    state.withLock { $0.isReleased = true }
    Task.detached { self.state.withLock { $0.hasSung = true } }
  }

  /// Whether the task was started, and has not been given a thread since.
  var isSilent: Bool { state.withLock { $0.isReleased && !$0.hasSung } }
}

import HarnessLock

/// Tells whether the cooperative pool takes work: a task that does nothing but run.
final class Canary: Sendable {
  private struct State {
    var released: LoadSample?
    var hasSung = false
  }

  private let state = Lock(State())

  /// A silence that is shorter says nothing.
  static let shortest = Duration.milliseconds(400)

  /// Starts the task, with the priority of most tasks: each priority has threads of its own.
  func release() {
    state.withLock { $0.released = LoadSample.take() }
    Task.detached { self.state.withLock { $0.hasSung = true } }
  }

  /// Whether the pool is blocked: the task has been given no thread for a while in which the process's threads
  /// did little, and did not want for cores either.
  var isPoolBlocked: Bool {
    guard let start = state.withLock({ $0.hasSung ? nil : $0.released }) else { return false }
    return Self.isBlocked(LoadWindow(from: start, to: .take()))
  }

  static func isBlocked(_ load: LoadWindow) -> Bool {
    load.wall >= shortest && !load.isStarved && load.ran < load.wall / 2
  }
}

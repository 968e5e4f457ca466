import HarnessLock

/// A failure on its way to the test's task, and in the end the framework's error for it.
final class Ticket: Sendable {
  private struct State {
    var error: (any Error)?
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  let failure: Failure
  private let isThrown: Bool
  private let state = Lock(State())

  /// Makes a ticket; `isThrown` says whether somebody wants to throw the framework's error.
  init(_ failure: Failure, isThrown: Bool) {
    self.failure = failure
    self.isThrown = isThrown
  }

  /// Records the failure, on a task that knows its test, and wakes who waits for that.
  func settle() {
    guard isThrown else { return Recording.record(failure) }
    let error = Recording.error(recording: failure)
    let waiters = state.withLock { state in
      state.error = error
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// The framework's error, as soon as the failure is recorded.
  var recordedError: any Error {
    get async {
      await withCheckedContinuation { continuation in
        let isSettled = state.withLock { state in
          if state.error == nil { state.waiters.append(continuation) }
          return state.error != nil
        }
        if isSettled { continuation.resume() }
      }
      // Read again under the lock: what a continuation hands over by itself is a race for
      // ThreadSanitizer.
      return state.withLock { $0.error } ?? RecordedFailure(ticket: self)
    }
  }
}

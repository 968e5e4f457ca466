import HarnessLock

/// A failure on its way to the test's task, and in the end the framework's error for it.
final class Ticket: Sendable {
  private struct State {
    var error: (any Error)?
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  /// What is to be done with what the ticket brings.
  enum Purpose: Sendable {
    /// It fails the test.
    case failure
    /// It fails the test, and somebody wants to throw the framework's error.
    case thrownFailure
    /// It is told, and fails nothing.
    case note
  }

  let failure: Failure
  private let purpose: Purpose
  private let state = Lock(State())

  init(_ failure: Failure, _ purpose: Purpose) {
    self.failure = failure
    self.purpose = purpose
  }

  /// Records the failure, on a task that knows its test, and wakes who waits for that.
  func settle() {
    switch purpose {
    case .failure: return Recording.record(failure)
    case .note: return Recording.note(failure)
    case .thrownFailure: break
    }
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

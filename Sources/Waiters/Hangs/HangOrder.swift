import HarnessLock

/// What the watchdog hands to the task that cancels a test: a report, or nothing when the test has ended.
final class HangOrder: Sendable {
  private enum State: Sendable {
    case open
    case awaited(CheckedContinuation<Void, Never>)
    case given(HangReport?)
  }

  private let state = Lock(State.open)

  /// Gives the report, or ends the order without one; only the first call has an effect.
  func give(_ report: HangReport?) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      switch state {
      case .open:
        state = .given(report)
        return nil
      case .awaited(let waiter):
        state = .given(report)
        return waiter
      case .given: return nil
      }
    }
    waiter?.resume()
  }

  /// The report, for one task; nil when the test ended before there was one.
  var report: HangReport? {
    get async {
      await withCheckedContinuation { continuation in
        let isGiven = state.withLock { state in
          if case .given = state { return true }
          state = .awaited(continuation)
          return false
        }
        if isGiven { continuation.resume() }
      }
      // Read again under the lock, as everywhere: what a continuation carries is a race for ThreadSanitizer.
      return state.withLock { state in
        if case .given(let report) = state { report } else { nil }
      }
    }
  }
}

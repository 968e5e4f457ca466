import HarnessLock
import Waiters

/// The shell of one exchange: feeds its assembly from any thread, and ends it once.
///
/// Transports hang on it what must happen at the end, such as closing a connection.
final class ExchangeRun: Sendable {
  private struct State {
    var assembly: ResponseAssembly
    var endings: [@Sendable () -> Void] = []
    var waiter: CheckedContinuation<Void, Never>?
    /// Tasks of the exchange that have not ended.
    var tasks = 0
    var isExpired = false

    /// The exchange is over for its caller: a task that ignores its cancellation is waited for, but not
    /// beyond the deadline.
    var isSettled: Bool { assembly.hasEnded && (tasks == 0 || isExpired) }
  }

  private let state: Lock<State>

  init(_ plan: ExchangePlan) {
    state = Lock(
      State(assembly: ResponseAssembly(responseLimit: plan.responseLimit, start: .now)))
  }

  /// Lets the assembly take in an event.
  func update(_ event: (inout ResponseAssembly) -> Void) {
    change { event(&$0.assembly) }
  }

  /// Does this when the exchange ends; at once when it has ended.
  func whenEnded(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      if !state.assembly.hasEnded { state.endings.append(action) }
      return state.assembly.hasEnded
    }
    if isLate { action() }
  }

  /// Runs work of the exchange in a task, which is cancelled when the exchange ends.
  func perform(_ work: @escaping @Sendable () async -> Void) {
    state.withLock { $0.tasks += 1 }
    let task = Task {
      await work()
      change { $0.tasks -= 1 }
    }
    whenEnded { task.cancel() }
  }

  /// Waits until the exchange has ended, which it does by the deadline or when the task is cancelled.
  func result(by deadline: Deadline) async -> ExchangeResult {
    let timer = Watchdog.arm(at: deadline.instant) { [self] in
      change { state in
        state.assembly.expired(deadline.description)
        state.isExpired = true
      }
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isSettled = state.withLock { state in
          if !state.isSettled { state.waiter = continuation }
          return state.isSettled
        }
        if isSettled { continuation.resume() }
      }
    } onCancel: {
      update { $0.end(.cancelled) }
    }
    timer.disarm()
    return state.withLock { $0.assembly.result }
  }

  private func change(_ change: (inout State) -> Void) {
    let (endings, waiter) = state.withLock { state in
      change(&state)
      var endings: [@Sendable () -> Void] = []
      if state.assembly.hasEnded { swap(&endings, &state.endings) }
      var waiter: CheckedContinuation<Void, Never>?
      if state.isSettled { swap(&waiter, &state.waiter) }
      return (endings, waiter)
    }
    for action in endings { action() }
    waiter?.resume()
  }
}

import HarnessLock
import HarnessReporting

/// Runs a lookout as a wait: in the form that fails the test, and in the form that hands the outcome back.
struct LookoutWait: Sendable {
  let lookout: Lookout
  /// What is waited for, as failures show it.
  let wanted: String
  let reporter: Reporter
  let log = Lock(AttemptLog())

  /// Waits; the outcome is the caller's to judge.
  func outcome<Value: Sendable>(
    within duration: Duration?, interval: () -> Duration?,
    account: @escaping @Sendable (AttemptLog) -> WaitAccount,
    look: () async throws -> Look<Value>
  ) async -> WaitOutcome<Value> {
    let wait = Timing(within: duration)
    switch await lookout.run(
      by: wait.deadline, interval: interval, log: log, verdict: nil, look: look)
    {
    case .found(let value): return .value(value)
    case .timedOut: return .timedOut(report(.timedOut, wait, account))
    case .cancelled: return .cancelled(report(.cancelled, wait, account))
    }
  }

  /// Waits; fails the test and throws unless there is a value.
  func value<Value>(
    within duration: Duration?, at site: CallSite, interval: () -> Duration?,
    account: @escaping @Sendable (AttemptLog) -> WaitAccount,
    look: () async throws -> Look<Value>
  ) async throws -> Value {
    let wait = Timing(within: duration)
    let ending = await lookout.run(
      by: wait.deadline, interval: interval, log: log,
      verdict: { report(.timedOut, wait, account).description }, look: look)
    reporter.flush()
    switch ending {
    case .found(let value): return value
    case .timedOut:
      throw await reporter.error(recording: report(.timedOut, wait, account).failure(at: site))
    case .cancelled:
      throw await reporter.error(recording: report(.cancelled, wait, account).failure(at: site))
    }
  }

  private struct Timing: Sendable {
    let deadline: Deadline
    let start = ContinuousClock.now

    init(within duration: Duration?) {
      deadline = .effective(within: duration)
    }
  }

  private func report(
    _ ending: WaitReport.Ending, _ wait: Timing,
    _ account: @Sendable (AttemptLog) -> WaitAccount
  ) -> WaitReport {
    WaitReport(
      ending: ending, wanted: wanted, waited: wait.start.duration(to: .now), closeError: nil,
      deadline: wait.deadline,
      wasOver: wait.deadline.isOfScope && wait.deadline.instant <= wait.start,
      account: account(log.withLock { $0 }))
  }
}

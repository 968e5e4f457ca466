import HarnessReporting

/// What the channels have in common: a name, the reporter captured when they were made, and the wait in
/// its two forms.
struct Channel<Machine: WaitMachine & Sendable>: Sendable {
  /// The channel as it is shown, such as `Mailbox "progress"`.
  let title: String
  let point: WaitPoint<Machine>
  let reporter: Reporter

  init(_ kind: String, _ name: String, _ machine: Machine) {
    title = "\(kind) \(name.debugDescription)"
    point = WaitPoint(machine)
    reporter = Reporter()
  }

  /// Describes the facts of a channel to a reader.
  typealias Accountant = @Sendable (Machine.Facts) -> (WaitAccount, closeError: (any Error)?)

  /// Waits; the outcome is the caller's to judge.
  func outcome(
    of demand: Machine.Demand, _ wanted: String, within duration: Duration?,
    account: @escaping Accountant
  ) async -> WaitOutcome<Machine.Value> {
    await wait(for: demand, wanted, within: duration, isSilent: true, account: account)
  }

  /// Waits; fails the test and throws unless there is a value.
  func value(
    of demand: Machine.Demand, _ wanted: String, within duration: Duration?, at site: CallSite,
    account: @escaping Accountant
  ) async throws -> Machine.Value {
    let outcome = await wait(
      for: demand, wanted, within: duration, isSilent: false, account: account)
    switch outcome {
    case .value(let value): return value
    case .timedOut(let report), .closed(let report), .cancelled(let report):
      throw await reporter.error(recording: report.failure(at: site))
    }
  }

  private func wait(
    for demand: Machine.Demand, _ wanted: String, within duration: Duration?, isSilent: Bool,
    account: @escaping Accountant
  ) async -> WaitOutcome<Machine.Value> {
    let deadline = Deadline.effective(within: duration)
    let start = ContinuousClock.now
    let report:
      @Sendable (Machine.Facts, WaitReport.Ending, ContinuousClock.Instant) -> WaitReport = {
        [title] facts, ending, end in
        let (account, closeError) = account(facts)
        return WaitReport(
          ending: ending, wanted: "\(wanted) \(title)", waited: start.duration(to: end),
          closeError: closeError, deadline: deadline,
          wasOver: deadline.isOfScope && deadline.instant <= start, account: account)
      }
    var verdict: (@Sendable (Machine.Facts, ContinuousClock.Instant) -> String)?
    if !isSilent { verdict = { facts, end in report(facts, .timedOut, end).description } }
    let ending = await point.wait(for: demand, by: deadline, verdict: verdict)
    reporter.flush()
    return switch ending {
    case .value(let value): .value(value)
    case .closed(let facts): .closed(report(facts, .closed, .now))
    case .timedOut(let facts, let end): .timedOut(report(facts, .timedOut, end))
    case .cancelled(let facts): .cancelled(report(facts, .cancelled, .now))
    }
  }
}

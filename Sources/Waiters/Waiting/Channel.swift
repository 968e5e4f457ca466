import HarnessReporting

extension Reporter {
  /// Whether the test was failed while a wait went on that was then cancelled: a task group cancels what waits
  /// beside the wait that failed, and that one has told what there is to tell.
  func hasFailed(within waited: Duration) -> Bool {
    // A group cancels at once; a second is for a machine that is busy.
    timeSinceFailure.map { $0 <= min(waited, .seconds(1) * TimeScale.ofEnvironment.factor) }
      ?? false
  }
}

/// What the channels have in common: a wait in its two forms.
struct Channel<Machine: WaitMachine>: Sendable {
  let point: WaitPoint<Machine>

  init(_ kind: String, _ name: String, _ machine: Machine, _ nature: ChannelNature = .plain) {
    point = WaitPoint("\(kind) \(quoted(name))", machine, nature)
  }

  var title: String { point.title }
  var reporter: Reporter { point.reporter }

  /// Waits; the outcome is the caller's to judge.
  ///
  /// `isToldOf` says whether the caller makes a failure of a missed deadline, so that the evidence for it is
  /// gathered and the watchdog speaks up where his task has no thread.
  @inline(__always)
  func outcome(
    of demand: Machine.Demand, within duration: Duration?, at site: CallSite,
    isToldOf: Bool = false
  ) async -> WaitOutcome<Machine.Value> {
    let wait = begin(demand, within: duration, at: site, isToldOf: isToldOf)
    await point.park(wait)
    return outcome(of: wait)
  }

  /// Waits; fails the test and throws unless there is a value.
  @inline(__always)
  func value(
    of demand: Machine.Demand, within duration: Duration?, at site: CallSite
  ) async throws -> Machine.Value {
    let outcome = await outcome(of: demand, within: duration, at: site, isToldOf: true)
    if let value = outcome.value { return value }
    throw await error(for: outcome, at: site)
  }

  /// Fails the test, and gives the error to throw.
  private func error(for outcome: WaitOutcome<Machine.Value>, at site: CallSite) async -> any Error
  {
    guard let report = outcome.report else {
      preconditionFailure("a wait that has a value was taken for a failure")
    }
    let context = WaitContext.current
    if case .cancelled = outcome, let error = toldError(of: report, in: context) { return error }
    if context.isFence { return UntoldFailure(failure: report.failure(at: site)) }
    if let lab = context.lab {
      // Of an operation that was given up, or a task that outlived it, a finding tells already.
      if lab.isOver { return CancellationError() }
      // The lab tells how its operation ended.
      return UntoldFailure(failure: report.failure(at: site))
    }
    return await reporter.error(recording: report.failure(at: site))
  }

  /// What a cancelled wait throws of whose cancellation something else has told; nil where nothing has.
  private func toldError(of report: WaitReport, in context: WaitContext) -> (any Error)? {
    // Cancelled because the test hangs, or virtual time was given up: with this wait in its table.
    if let error = context.hang?.recordedError ?? VirtualScheduler.givenUp { return error }
    // Cancelled by the test on purpose, or because what stood beside it has failed.
    let isTold = context.lab?.hasCancelled == true || reporter.hasFailed(within: report.waited)
    return isTold ? CancellationError() : nil
  }

  private func begin(
    _ demand: Machine.Demand, within duration: Duration?, at site: CallSite, isToldOf: Bool
  ) -> Wait<Machine> {
    let start = ContinuousClock.Instant.realNow
    let context = WaitContext.current
    let wait = Wait<Machine>(
      start: start, site: site, scope: context.scope,
      deadline: Deadline.effective(within: duration, in: context, from: start), demand: demand,
      isToldOf: isToldOf)
    // Before it begins: whoever meets the demand at once finds it announced.
    wait.stay = context.lab?.enter("\(demand.wanted) \(title)", at: site)
    point.begin(wait, demand, told: isToldOf ? told(wait) : nil)
    return wait
  }

  /// Puts a missed deadline into words where the waiting task is not given a thread to do it.
  private func told(_ label: WaitLabel) -> WaitPoint<Machine>.Told {
    { id, facts, expiry in report(id, .timedOut(expiry, resumed: nil), facts, label).description }
  }

  private func outcome(of wait: Wait<Machine>) -> WaitOutcome<Machine.Value> {
    let (id, ending) = point.end(wait)
    wait.stay?.end()
    reporter.flush()
    switch ending {
    case .value(let value): return .value(value)
    case .closed(let facts): return .closed(report(id, .closed, facts, wait))
    case .timedOut(let facts, let expiry):
      return .timedOut(report(id, .timedOut(expiry, resumed: .realNow), facts, wait))
    case .cancelled(let facts): return .cancelled(report(id, .cancelled, facts, wait))
    }
  }

  private func report(
    _ id: WaiterID, _ ending: WaitReport.Ending, _ facts: Machine.Facts, _ label: WaitLabel
  ) -> WaitReport {
    let end: ContinuousClock.Instant =
      switch ending {
      case .timedOut(let expiry, _): expiry.instant
      case .closed, .cancelled: .realNow
      }
    return WaitReport(
      .init(
        ending: ending, wanted: label.demand?.wanted ?? "the end of", title: title,
        waited: label.start.duration(to: end), deadline: label.deadline,
        wasOver: label.deadline.isOfScope && label.deadline.instant <= label.start, facts: facts,
        reporter: reporter, source: ObjectIdentifier(point), number: id.number))
  }
}

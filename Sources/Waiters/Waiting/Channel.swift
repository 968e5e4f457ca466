import HarnessReporting

/// What the channels have in common: a wait in its two forms.
struct Channel<Machine: WaitMachine>: Sendable {
  let point: WaitPoint<Machine>

  init(_ kind: String, _ name: String, _ machine: Machine) {
    point = WaitPoint("\(kind) \(quoted(name))", machine)
  }

  var title: String { point.title }
  var reporter: Reporter { point.reporter }

  /// Waits; the outcome is the caller's to judge.
  ///
  /// `isToldOf` says whether the caller makes a failure of a missed deadline, so that the evidence for it is
  /// gathered and the watchdog speaks up where his task has no thread.
  func outcome(
    of demand: Machine.Demand, within duration: Duration?, at site: CallSite,
    isToldOf: Bool = false
  ) async -> WaitOutcome<Machine.Value> {
    await wait(for: demand, within: duration, isToldOf: isToldOf, at: site)
  }

  /// Waits; fails the test and throws unless there is a value.
  func value(
    of demand: Machine.Demand, within duration: Duration?, at site: CallSite
  ) async throws -> Machine.Value {
    switch await wait(for: demand, within: duration, isToldOf: true, at: site) {
    case .value(let value): return value
    case .cancelled(let report):
      // Cancelled because the test hangs: that has been told, with this wait in its table.
      if let error = WaitContext.current.hang?.recordedError { throw error }
      throw await reporter.error(recording: report.failure(at: site))
    case .timedOut(let report), .closed(let report):
      throw await reporter.error(recording: report.failure(at: site))
    }
  }

  private func wait(
    for demand: Machine.Demand, within duration: Duration?, isToldOf: Bool, at site: CallSite
  ) async -> WaitOutcome<Machine.Value> {
    let start = ContinuousClock.now
    let context = WaitContext.current
    let deadline = Deadline.effective(within: duration, in: context, from: start)
    let label = WaitLabel(start: start, site: site, scope: context.scope)
    let report:
      @Sendable (WaiterID, WaitReport.Ending, Machine.Facts, ContinuousClock.Instant) -> WaitReport =
        { [point] id, ending, facts, end in
          WaitReport(
            .init(
              ending: ending, demand: demand, title: point.title, waited: start.duration(to: end),
              deadline: deadline, wasOver: deadline.isOfScope && deadline.instant <= start,
              facts: facts, reporter: point.reporter, source: ObjectIdentifier(point),
              number: id.number))
        }
    var witness: WaitPoint<Machine>.Witness?
    if isToldOf {
      witness = .init(load: LoadGauge.start(at: start)) { id, facts, expiry in
        report(id, .timedOut(expiry, resumed: nil), facts, expiry.instant).description
      }
    }
    let (id, ending) = await point.wait(for: demand, by: deadline, label, witness: witness)
    reporter.flush()
    switch ending {
    case .value(let value): return .value(value)
    case .closed(let facts): return .closed(report(id, .closed, facts, .now))
    case .timedOut(let facts, let expiry):
      return .timedOut(report(id, .timedOut(expiry, resumed: .now), facts, expiry.instant))
    case .cancelled(let facts): return .cancelled(report(id, .cancelled, facts, .now))
    }
  }
}

import HarnessReporting

/// Cancels an operation at every point that it crosses; hands back what came of it, and fails nothing.
///
/// As ``sweepCancellation(_:ending:within:atMost:fileID:filePath:line:column:_:)``.
public func outcomeOfCancellationSweep<R: Sendable>(
  _ name: String = "", ending: ExpectedEnding = .cancelled, within bound: Duration = .seconds(5),
  atMost limit: Int = 100, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column,
  _ operation: @escaping @Sendable (CancellationLab) async throws -> R
) async throws -> CancellationSweep {
  try await outcomeOfCancellationSweep(
    name, ending: ending, within: bound, atMost: limit, setUp: { _ in }, fileID: fileID,
    filePath: filePath, line: line, column: column
  ) { lab, _ in try await operation(lab) }
}

/// Cancels an operation at every point that it crosses, each run on what `setUp` makes for it; hands back
/// what came of it, and fails nothing.
///
/// As ``sweepCancellation(_:ending:within:atMost:fileID:filePath:line:column:_:)``. What `setUp` throws, this
/// throws.
public func outcomeOfCancellationSweep<State: Sendable, R: Sendable>(
  _ name: String = "", ending: ExpectedEnding = .cancelled, within bound: Duration = .seconds(5),
  atMost limit: Int = 100, setUp: (CancellationLab) async throws -> State,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column,
  _ operation: @escaping @Sendable (CancellationLab, State) async throws -> R
) async throws -> CancellationSweep {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  var plan = SweepPlan(atMost: limit)
  var runs: [(lab: CancellationLab, trial: CancellationTrial<R>)] = []
  var step = plan.next(after: nil)
  while true {
    switch step {
    case .cancel(at: let crossing):
      let lab = CancellationLab(cancellingAt: crossing, at: site)
      let state = try await setUp(lab)
      let trial = try await lab.run(within: bound) { try await operation(lab, state) }
      runs.append((lab, trial))
      step = plan.next(after: trial.course)
    case .stop(let stop):
      // All at once, and last: what takes its time to settle takes it while other rounds run.
      var rounds: [CancellationSweep.Round] = []
      for run in runs {
        let debts = try await run.lab.settle(within: bound)
        rounds.append(run.lab.round(run.trial, expected: ending, debts: debts))
      }
      return CancellationSweep(name: name, rounds: rounds, stop: stop, limit: plan.limit)
    }
  }
}

extension CancellationTrial {
  fileprivate var course: SweepPlan.Course {
    switch ending {
    case .byItself: .notReached
    case .cancelled: .cancelled
    case .unfinished: .unfinished
    case .stuck: .stuck
    }
  }
}

extension CancellationLab {
  /// Waits until an operation that has ended has left nothing undone, at most so long after its end; gives what
  /// it has left.
  fileprivate func settle(within bound: Duration) async throws -> [CancellationFinding] {
    let state = snapshot
    // What ended after its verdict is not judged as if it had ended in time.
    guard state.verdict == nil, let end = state.end else { return [] }
    let deadline = Deadline(bound, origin: .wait, from: end)
    let outcome = await settled.outcomeOfUntil(
      within: deadline.remainingBeforeScale, fileID: site.fileID, filePath: site.filePath,
      line: site.line,
      column: site.column, { $0 })
    if case .cancelled = outcome {
      throw WaitContext.current.hang?.recordedError ?? CancellationError()
    }
    // Settled is settled: what begins at this moment in a task that is left would be a matter of luck.
    let isClean = if case .value = outcome { !snapshot.ledger.isSpoilt } else { false }
    return isClean ? permitFindings : debts
  }

  fileprivate func round<R>(
    _ trial: CancellationTrial<R>, expected: ExpectedEnding, debts: [CancellationFinding]
  ) -> CancellationSweep.Round {
    CancellationSweep.Round(
      point: trial.point, outcome: trial.outcome.map { _ in },
      findings: trial.findings(expected: expected) + debts, points: trial.state.points)
  }
}

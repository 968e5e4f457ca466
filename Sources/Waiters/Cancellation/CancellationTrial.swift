import HarnessReporting

/// An operation that was run once, and cancelled at a point if it came to one.
struct CancellationTrial<Value: Sendable>: Sendable {
  /// How it ended.
  enum Ending: Sendable {
    /// It ended by itself: it did not come to the point.
    case byItself(OperationOutcome<Value>)
    /// It was cancelled at a point and ended so much later.
    case cancelled(CancellationPoint, OperationOutcome<Value>, after: Duration)
    /// It was cancelled at a point, and did not end by the deadline.
    case unfinished(CancellationPoint, by: Deadline, known: [String])
    /// It neither came to the point nor ended by the deadline.
    case stuck(by: Deadline, known: [String])
  }

  let ending: Ending
  /// The lab's state at the verdict.
  let state: LabState
}

extension CancellationLab {
  /// Runs an operation until it has ended, or its time is up.
  ///
  /// `bound` is how long it may take to end once it is cancelled. Where the test itself is cancelled, so is
  /// the operation, and this throws `CancellationError`.
  func run<Value: Sendable>(
    within bound: Duration, _ operation: @escaping @Sendable () async throws -> Value
  ) async throws -> CancellationTrial<Value> {
    let approach = Deadline.effective(within: nil)
    let load = LoadGauge.start(at: .realNow)
    // Armed before the operation's waits are: of those with the deadline of one scope it is the first.
    let timer = Watchdog.arm(at: approach.instant) { self.giveUp(.approach) }
    let task = start(operation)
    defer {
      timer.disarm()
      // Where the test or its time is over, so is the operation; one that has ended does not care.
      task.cancel()
    }

    try await hear(decided, .approach, within: nil)
    let decision = snapshot
    guard let cancellation = decision.cancellation else {
      if let verdict = decision.verdict {
        return trial(.stuck(by: approach, known: known(verdict, since: load)))
      }
      return trial(.byItself(OperationOutcome(await task.value)))
    }

    let deadline = Deadline.effective(within: bound)
    let lastTimer = Watchdog.arm(at: deadline.instant) { self.giveUp(.unwinding) }
    defer { lastTimer.disarm() }
    try await hear(concluded, .unwinding, within: bound)
    let conclusion = snapshot
    if let verdict = conclusion.verdict {
      let known = known(verdict, since: load)
      return trial(.unfinished(cancellation.point, by: deadline, known: known))
    }
    let outcome = OperationOutcome(await task.value)
    let end = conclusion.end ?? .realNow
    return trial(
      .cancelled(cancellation.point, outcome, after: cancellation.instant.duration(to: end)))
  }

  private func hear(
    _ signal: Signal<Void>, _ stage: LabState.Stage, within duration: Duration?
  ) async throws {
    switch await signal.outcome(within: duration, at: site) {
    case .value: return
    // The scope's deadline is the same for this wait and for the timer, or has passed before.
    case .timedOut, .closed: giveUp(stage)
    // Cancelled because the test hangs: that has been told.
    case .cancelled: throw WaitContext.current.hang?.recordedError ?? CancellationError()
    }
  }

  private func trial<Value>(
    _ ending: CancellationTrial<Value>.Ending
  ) -> CancellationTrial<Value> {
    CancellationTrial(ending: ending, state: snapshot)
  }

  /// Where the operation was, and what of the machine may have kept it from ending.
  private func known(_ verdict: LabState.Verdict, since start: LoadSample) -> [String] {
    let load = LoadWindow(from: start, to: verdict.load)
    let delay = verdict.load.instant.duration(to: .realNow)
    let cause =
      delay < TimeoutCause.patience
      ? load.isStarved ? TimeoutCause.starved(load) : .none
      : TimeoutCause(
        load: load, since: LoadWindow(from: verdict.load, to: .take()), resumed: delay)
    let words = cause.suffix.trimmingPrefix(", and ")
    return verdict.known + (words.isEmpty ? [] : [String(words)])
  }
}

extension Signal<Void> {
  func outcome(within duration: Duration?, at site: CallSite) async -> WaitOutcome<Void> {
    await outcome(
      within: duration, fileID: site.fileID, filePath: site.filePath, line: site.line,
      column: site.column)
  }
}

extension OperationOutcome {
  init(_ result: Result<Value, any Error>) {
    switch result {
    case .success(let value): self = .completed(value)
    case .failure(let error): self = .threw(error)
    }
  }
}

extension CancellationTrial {
  /// How the operation ended, whoever ended it.
  var outcome: OperationOutcome<Value> {
    switch ending {
    case .byItself(let outcome), .cancelled(_, let outcome, after: _): outcome
    case .unfinished, .stuck: .unfinished
    }
  }

  /// Where it was cancelled; nil where it did not come to the point.
  var point: CancellationPoint? {
    switch ending {
    case .cancelled(let point, _, after: _), .unfinished(let point, by: _, known: _): point
    case .byItself, .stuck: nil
    }
  }

  /// What is wrong with the ending itself.
  func findings(expected: ExpectedEnding) -> [CancellationFinding] {
    switch ending {
    case .byItself(.threw):
      return [.init(.failedByItself, "threw without being cancelled")]
    case .byItself: return []
    case .cancelled(_, let outcome, after: _):
      if expected.allows(outcome, at: state.points.map(\.name)) { return [] }
      return [.init(.unexpectedEnding, "expected \(expected)")]
    case .unfinished(_, by: let deadline, let known):
      let words = "not over \(deadline.bound) after its cancellation"
      return [.init(.unfinished, words, known: known)]
    case .stuck(by: let deadline, let known):
      let words = "neither ended nor came to a new point in \(deadline.bound)"
      return [.init(.unfinished, words, known: known)]
    }
  }
}

extension Deadline {
  /// The time allowed, and who set it where that is a scope.
  var bound: String { isOfScope ? "\(self)" : (asked * scale.factor).readable }
}

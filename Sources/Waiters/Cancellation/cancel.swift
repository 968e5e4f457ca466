import HarnessReporting

/// Runs an operation, cancels it exactly when it is held at a gate, and waits for its end.
///
/// ```swift
/// let gate = Gate("before the commit")
/// store.beforeCommit = { try await gate.pass() }
/// let end = try await cancel(at: gate) { try await store.save(report) }
/// try end.expectCancelled()
/// #expect(store.isEmpty)
/// ```
///
/// It is cancelled at its first arrival, or at that of the number `arrival`, and let through at those before.
/// How it ends then fails nothing until the test asks for it. The gate must be shut, and nobody else may come
/// to it.
///
/// The operation is a task of its own, so it cannot hang the test: once it is cancelled it may take as long as
/// `within:` says. Where it does not come to the gate, or does not end, the gate is opened for good, so that
/// what is held there can go.
///
/// The test fails at the caller's line, and this throws, where the operation ends without coming to the gate
/// or does not come before the scope's deadline, 10 s without one, and where the gate is open. Where the test
/// itself is cancelled this throws `CancellationError`.
public func cancel<Value: Sendable>(
  at gate: Gate, arrival: Int = 1, within bound: Duration = .seconds(5),
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> CancelledOperation<Value> {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let reporter = Reporter()
  func failure(_ lines: ReportLines) async -> any Error {
    gate.openForever()
    return await reporter.error(recording: Failure(lines.text, at: site))
  }

  let before = gate.arrivalCount
  guard let number = gate.letThrough(untilArrival: arrival) else {
    var lines = ReportLines()
    lines.add("Not cancelled: \(gate.title) would not hold the operation")
    lines.add("open", gate.openness)
    lines.add("try", "cancel at a gate that is shut, and that only this operation comes to")
    throw await failure(lines)
  }
  let lab = CancellationLab(cancellingAt: nil, at: site)
  let point = CancellationPoint(name: gate.title, site: site, isTitle: true)
  let start = ContinuousClock.Instant.realNow
  let stopWatching = gate.whenArrived(number, at: site) { lab.cancel(at: point) }
  defer { stopWatching() }
  let trial = try await lab.run(within: bound, operation)

  var lines = ReportLines()
  switch trial.ending {
  case .cancelled(_, let outcome, after: let duration):
    return CancelledOperation(
      point: point, outcome: outcome, end: .over(after: duration), reporter: reporter)
  case .unfinished(_, by: let deadline, let known):
    gate.openForever()
    return CancelledOperation(
      point: point, outcome: .unfinished,
      end: .never(in: deadline.bound, known: known), reporter: reporter)
  case .byItself(let outcome):
    lines.add("Not cancelled: the operation ended before it came to \(gate.title)")
    lines.add(
      "ended", "\(outcome), after \(start.duration(to: trial.state.end ?? .realNow).readable)")
  case .stuck(by: let deadline, let known):
    lines.add("Not cancelled: the operation did not come to \(gate.title)")
    lines.add("waited", "\(deadline)")
    lines.add("known", known)
  }
  lines.add("arrivals", "\(gate.arrivalCount - before) of \(max(1, arrival))")
  lines.add("try", "see that the operation passes this gate")
  throw await failure(lines)
}

import HarnessReporting

/// Cancels an operation at every point that it crosses, one in each run, and fails the test unless it took
/// every one of them well.
///
/// The first run is cancelled at the first crossing, the second at the second, and so on, until a run ends
/// without coming to a further one; that run must succeed. Everything that the operation needs is made in
/// `operation` itself, so that each run has it fresh.
///
/// ```swift
/// try await sweepCancellation("a transfer") { lab in
///   let bank = Bank(FakeDatabase(lab: lab))
///   try await bank.transfer(100, from: "Ada", to: "Grace")
/// }
/// ```
///
/// After each cancellation it must end in time and as expected, run once what is due, give back what it
/// took, and leave nothing running: see ``CancellationLab``. All that was wrong is one failure, at the
/// caller's line, with a table of the crossings.
///
/// `name` is what the failure calls the operation, and `ending` how it is to end when it is cancelled. `within:`
/// is how long it may take to end then, and what it left running to end after it; nothing waits for that time
/// to pass unless something is wrong. More crossings than `atMost:` fail the test.
///
/// This throws after the test has failed, and `CancellationError` where the test itself is cancelled.
@discardableResult
public func sweepCancellation<R: Sendable>(
  _ name: String = "", ending: ExpectedEnding = .cancelled, within bound: Duration = .seconds(5),
  atMost limit: Int = 100, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column,
  _ operation: @escaping @Sendable (CancellationLab) async throws -> R
) async throws -> CancellationSweep {
  try await sweepCancellation(
    name, ending: ending, within: bound, atMost: limit, setUp: { _ in }, fileID: fileID,
    filePath: filePath, line: line, column: column
  ) { lab, _ in try await operation(lab) }
}

/// Cancels an operation at every point that it crosses, each run on what `setUp` makes for it.
///
/// As ``sweepCancellation(_:ending:within:atMost:fileID:filePath:line:column:_:)``; what `setUp` crosses and
/// takes is not part of the operation: it is cancelled at none of these points. What `setUp` throws, this
/// throws.
@discardableResult
public func sweepCancellation<State: Sendable, R: Sendable>(
  _ name: String = "", ending: ExpectedEnding = .cancelled, within bound: Duration = .seconds(5),
  atMost limit: Int = 100, setUp: (CancellationLab) async throws -> State,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column,
  _ operation: @escaping @Sendable (CancellationLab, State) async throws -> R
) async throws -> CancellationSweep {
  let reporter = Reporter()
  let sweep = try await outcomeOfCancellationSweep(
    name, ending: ending, within: bound, atMost: limit, setUp: setUp, fileID: fileID,
    filePath: filePath, line: line, column: column, operation)
  guard !sweep.isClean else { return sweep }
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  throw await reporter.error(recording: sweep.failure(at: site))
}

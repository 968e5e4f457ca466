import HarnessReporting

/// Looks again and again, every `interval`, until what `look` gives is as it is wanted: the escape hatch, for
/// what tells nobody that it has changed.
///
/// ```swift
/// let orders = try await poll(every: .milliseconds(20), "stored orders") {
///   try await database.count("orders")
/// } until: {
///   $0 == 3
/// }
/// ```
///
/// Wait for an event where there is one: a ``Signal``, a ``Mailbox``, a ``FileWatch``. A poll sees what is
/// there when it looks and misses what comes and goes in between.
///
/// It looks at once, then `interval` after the end of each look, at least a millisecond, and a last time when
/// the deadline has passed, so that a busy machine does not fail what is right by then. In between the task is
/// parked and holds no thread. A look that throws is an attempt like any other. A look is not cut off: what
/// it waits for must have a bound, which the waits of this package have. Take their `outcome…` forms in
/// it, since the plain ones fail the test by themselves.
///
/// When the deadline passes or the task is cancelled, the test fails at the caller's line, shows the first and
/// the last attempts with what each found, and keeps all of them as evidence.
///
/// `name` is what failures call what is looked at. The interval is not multiplied by the time scale. `within:`
/// is how long it may take; nil leaves it to the scope, and outside of every scope to 10 s.
///
/// - Returns: The value that was as it is wanted.
/// - Throws: After the test has failed, when the deadline passes and when the task is cancelled.
@discardableResult
public func poll<Value>(
  every interval: Duration, _ name: String, within duration: Duration? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ look: () async throws -> Value,
  until isWanted: (Value) throws -> Bool
) async throws -> Value {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  return try await PollWait(name, every: interval, at: site).value(within: duration) {
    let value = try await look()
    return try isWanted(value) ? .found(value) : .notYet(shown(value, cutAt: 400))
  }
}

/// Checks a condition again and again, every `interval`, until it holds: the escape hatch, for what tells
/// nobody that it has changed.
///
/// ``poll(every:_:within:fileID:filePath:line:column:_:until:)`` says more when it fails: what each look
/// gave, where this can only say `false`. The rules are the same.
public func poll(
  every interval: Duration, _ name: String, within duration: Duration? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, until condition: () async throws -> Bool
) async throws {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  return try await PollWait(name, every: interval, at: site).value(within: duration) {
    try await condition() ? .found(()) : .notYet("false")
  }
}

/// Looks again and again, every `interval`, until there is a value; hands back what came of it, and fails
/// nothing.
///
/// The rules are those of ``poll(every:_:within:fileID:filePath:line:column:_:until:)``.
public func outcomeOfPoll<Value: Sendable>(
  every interval: Duration, _ name: String, within duration: Duration? = nil,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ look: () async throws -> Value, until isWanted: (Value) throws -> Bool
) async -> WaitOutcome<Value> {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  return await PollWait(name, every: interval, at: site).outcome(within: duration) {
    let value = try await look()
    return try isWanted(value) ? .found(value) : .notYet(shown(value, cutAt: 400))
  }
}

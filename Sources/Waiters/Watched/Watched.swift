import HarnessReporting

/// A state that is changed by the system under test, or by a stand-in for a part of it, and that a test
/// waits on: an `eventually` that polls nothing.
///
/// A condition is looked at once after each change, so a state that is there only for a moment is seen,
/// and nothing runs while nothing changes.
///
/// ```swift
/// let pool = Watched("connection pool", PoolState())
/// server.onConnect = { pool.update { $0.open += 1 } }
/// try await pool.until { $0.open == 3 }
/// ```
///
/// Make it in the test's body, so that its failures are shown under the test.
public final class Watched<State: Sendable>: Sendable {
  let channel: Channel<WatchedState>

  /// Makes a watched state; `name` is what failures call it.
  public init(_ name: String, _ state: State) {
    channel = Channel("Watched", name, WatchedState(ValueBox(state)))
  }

  /// Makes a state between parts of the harness, whose waits stand in no table.
  init(inner name: String, _ state: State) {
    channel = Channel("Watched", name, WatchedState(ValueBox(state)), .inner)
  }

  /// The state of this moment.
  public var value: State {
    channel.point.withMachine { $0.newest }.event.open(as: State.self)
  }

  /// Changes the state: from any thread, without waiting but for other changes.
  ///
  /// `change` runs under the lock, alone: keep it short, and do not use this object in it. Where it throws,
  /// the state stays as it was. The last 100 states are kept for failures, so a state should be small, or
  /// cheap to copy.
  @discardableResult
  public func update<R, E: Error>(_ change: (inout State) throws(E) -> R) throws(E) -> R {
    var result: Result<R, E>?
    // Let go after the lock.
    var fallen: PayloadBox?
    var discarded: State?
    channel.point.update { machine in
      var state = machine.newest.event.open(as: State.self)
      do throws(E) {
        result = .success(try change(&state))
      } catch {
        result = .failure(error)
        discarded = state
        return Batch()
      }
      defer { fallen = machine.takeFallen() }
      return machine.change(to: ValueBox(state))
    }
    withExtendedLifetime((fallen, discarded)) {}
    guard let result else { preconditionFailure("an update ran without its change") }
    return try result.get()
  }

  /// Waits until the state meets the condition, which it may do already; gives the state that did.
  ///
  /// The condition runs under the lock: it must be pure and quick. When the deadline passes or the task is
  /// cancelled, the test fails at the caller's line, and the wait throws.
  @discardableResult
  public func until(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ condition: @escaping @Sendable (State) -> Bool
  ) async throws -> State {
    try await channel.value(
      of: .until(EventTest(condition)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).event.open(as: State.self)
  }

  /// Waits until the state matches; a failure says of each state why it did not.
  @discardableResult
  public func until(
    matching matcher: Matcher<State>, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> State {
    try await channel.value(
      of: .until(EventTest(matcher)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).event.open(as: State.self)
  }

  /// Waits until the state meets the condition; hands back what came of it, and fails nothing.
  public func outcomeOfUntil(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ condition: @escaping @Sendable (State) -> Bool
  ) async -> WaitOutcome<State> {
    await channel.outcome(
      of: .until(EventTest(condition)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.event.open(as: State.self) }
  }
}

import HarnessReporting

/// The waits that fail the test when they end without what they wait for.
///
/// Each takes `within:`, how long it may take; nil leaves it to the ``withDeadline(_:_:fileID:filePath:line:column:_:)``
/// scope, and outside of every scope to the default of 10 s. Each throws, after the test has failed at the
/// caller's line, when the deadline has passed and when the task is cancelled. A last look when the deadline
/// has passed counts.
extension FileWatch {
  /// Waits until there is something at the path; gives what is there.
  @discardableResult
  public func untilExists(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> FileState {
    try await value(
      of: "something at", within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { $0.exists }
  }

  /// Waits until there is nothing at the path.
  public func untilGone(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    _ = try await value(
      of: "the removal of", within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { !$0.exists }
  }

  /// Waits until what is at the path is not what it was when the watch was made, or when its last wait ended;
  /// gives what is there.
  ///
  /// To appear, to vanish, to be written and to be replaced are changes, also by the same text.
  @discardableResult
  public func untilChanged(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> FileState {
    let before = baseline
    return try await value(
      of: "a change of", since: before, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { $0 != before }
  }

  /// Waits until what is at the path is as `isWanted` says; gives what is there.
  ///
  /// `what` is what failures call it. The predicate runs on this task, also where there is nothing at the
  /// path. What it throws is shown when the wait fails, and ends nothing: a file that is half written need
  /// not be readable yet.
  @discardableResult
  public func until(
    _ what: String, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ isWanted: (FileState) throws -> Bool
  ) async throws -> FileState {
    try await value(
      of: "\(quoted(what)) at", within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column), isWanted)
  }

  /// Waits until what is at the path is as `isWanted` says; hands back what came of it, and fails nothing.
  public func outcome(
    until what: String, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ isWanted: (FileState) throws -> Bool
  ) async -> WaitOutcome<FileState> {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return await wait(for: "\(quoted(what)) at").outcome(
      within: duration, at: site, interval: { interval }
    ) { try look(for: isWanted) }
  }

  private func value(
    of wanted: String, since baseline: FileState? = nil, within duration: Duration?,
    at site: CallSite, _ isWanted: (FileState) throws -> Bool
  ) async throws -> FileState {
    try await wait(for: wanted, since: baseline).value(
      within: duration, at: site, interval: { interval }
    ) {
      try look(for: isWanted)
    }
  }

  private func wait(for wanted: String, since baseline: FileState? = nil) -> LookoutWait {
    LookoutWait(lookout, wanted: wanted) { [self] log in
      FileAccount.account(facts, log, since: baseline)
    }
  }

  private func look(for isWanted: (FileState) throws -> Bool) throws -> Look<FileState> {
    let state = look()
    guard try isWanted(state) else { return .notYet("\(state)") }
    settle(state)
    return .found(state)
  }
}

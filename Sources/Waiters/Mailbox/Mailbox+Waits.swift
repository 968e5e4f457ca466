import HarnessReporting

/// The waits that fail the test when they end without a value.
///
/// Each takes `within:`, how long it may take; nil leaves it to the ``withDeadline(_:_:fileID:filePath:line:column:_:)``
/// scope, and outside of every scope to the default of 10 s. Each throws, after the test has failed at the
/// caller's line, when the deadline passes, when the mailbox is closed, and when the task is cancelled.
/// Predicates run under the mailbox's lock: they must be pure and quick, and must not use the mailbox.
extension Mailbox {
  /// Waits for the next event.
  public func next(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> Event {
    try await value(
      of: .next, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))[0]
  }

  /// Waits for the first event that matches; the others stay in the mailbox, in their order.
  public func first(
    where matches: @escaping @Sendable (Event) -> Bool, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> Event {
    try await value(
      of: .first(matches), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))[0]
  }

  /// Waits for so many events, and takes them all at once; of fewer it takes none.
  public func collect(
    count: Int, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [Event] {
    try await value(
      of: .count(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits for an event that matches, and takes it with all that came before it; without it, none.
  public func collect(
    until matches: @escaping @Sendable (Event) -> Bool, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [Event] {
    try await value(
      of: .through(matches), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  private func value(
    of demand: MailboxState<Event>.Demand, within duration: Duration?, at site: CallSite
  ) async throws -> [Event] {
    try await channel.value(of: demand, demand.wanted, within: duration, at: site) {
      ($0.account, $0.closing?.error)
    }
  }
}

extension MailboxState.Demand {
  /// What a failure says was waited for; the mailbox's name follows.
  var wanted: String {
    switch self {
    case .next: "an event from"
    case .first: "an event that matches from"
    case .count(let count): "\(count.counted("event")) from"
    case .through: "events up to one that matches from"
    }
  }
}

import HarnessReporting

/// The same waits for callers who decide what it means when there is no value: nothing fails here.
extension Mailbox {
  /// Waits for the next event; hands back what came of it.
  public func outcomeOfNext(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<Event> {
    await outcome(
      of: .next, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.event() }
  }

  /// Waits for the first event that matches; hands back what came of it.
  public func outcomeOfFirst(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    where matches: @escaping @Sendable (Event) -> Bool
  ) async -> WaitOutcome<Event> {
    await outcome(
      of: .first(EventTest(matches)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.event() }
  }

  /// Waits for the first event that matches; hands back what came of it.
  public func outcomeOfFirst(
    matching matcher: Matcher<Event>, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async -> WaitOutcome<Event> {
    await outcome(
      of: .first(EventTest(matcher)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.event() }
  }

  /// Waits for so many events; hands back what came of it.
  public func outcomeOfCollect(
    count: Int, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<[Event]> {
    await outcome(
      of: .count(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.events() }
  }

  /// Waits for an event that matches, with all that came before it; hands back what came of it.
  public func outcomeOfCollect(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    until matches: @escaping @Sendable (Event) -> Bool
  ) async -> WaitOutcome<[Event]> {
    await outcome(
      of: .through(EventTest(matches)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map { $0.events() }
  }

  private func outcome(
    of demand: MailboxState.Demand, within duration: Duration?, at site: CallSite
  ) async -> WaitOutcome<MailboxState.Delivery> {
    await channel.outcome(of: demand, within: duration, at: site)
  }
}

import HarnessReporting

/// The waits that fail the test when they end without a value.
///
/// Each takes `within:`, how long it may take; nil leaves it to the ``withDeadline(_:_:fileID:filePath:line:column:_:)``
/// scope, and outside of every scope to the default of 10 s. Each throws, after the test has failed at the
/// caller's line, when the deadline passes, when the mailbox is closed, and when the task is cancelled. A task that
/// the test cancels on purpose, such as one that takes everything for as long as the test runs, waits by
/// ``outcomeOfNext(within:fileID:filePath:line:column:)`` and the like, which fail nothing.
/// Predicates and matchers run under the mailbox's lock: they must be pure and quick, and must not use the
/// mailbox.
extension Mailbox {
  /// Waits for the next event.
  public func next(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> Event {
    try await value(
      of: .next, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).event()
  }

  /// Waits for the first event that matches; the others stay in the mailbox, in their order.
  public func first(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    where matches: @escaping @Sendable (Event) -> Bool
  ) async throws -> Event {
    try await value(
      of: .first(EventTest(matches)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).event()
  }

  /// Waits for the first event that matches, and where none does says of each why not; the others stay in
  /// the mailbox, in their order.
  public func first(
    matching matcher: Matcher<Event>, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> Event {
    try await value(
      of: .first(EventTest(matcher)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).event()
  }

  /// Waits for so many events, and takes them all at once; of fewer it takes none.
  public func collect(
    count: Int, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [Event] {
    try await value(
      of: .count(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).events()
  }

  /// Waits for an event that matches, and takes it with all that came before it; without it, none.
  public func collect(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    until matches: @escaping @Sendable (Event) -> Bool
  ) async throws -> [Event] {
    try await value(
      of: .through(EventTest(matches)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).events()
  }

  /// Waits for an event that matches, and takes it with all that came before it; without it, none, and the
  /// failure says of each why it did not match.
  public func collect(
    untilMatching matcher: Matcher<Event>, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [Event] {
    try await value(
      of: .through(EventTest(matcher)), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).events()
  }

  private func value(
    of demand: MailboxState.Demand, within duration: Duration?, at site: CallSite
  ) async throws -> MailboxState.Delivery {
    try await channel.value(of: demand, within: duration, at: site)
  }
}

extension MailboxState.Delivery {
  /// The one event of a wait for one.
  func event<Event: Sendable>() -> Event {
    switch self {
    case .one(let box): box.open(as: Event.self)
    case .none, .many: preconditionFailure("a wait for one event was given \(self)")
    }
  }

  /// The events of a wait for several.
  func events<Event: Sendable>() -> [Event] {
    switch self {
    case .none: []
    case .one(let box): [box.open(as: Event.self)]
    case .many(let boxes): boxes.map { $0.open(as: Event.self) }
    }
  }
}

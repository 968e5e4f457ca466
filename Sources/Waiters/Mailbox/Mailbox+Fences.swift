import HarnessLock
import HarnessReporting

/// What was sent until a fence was passed: counted, without letting time pass.
///
/// Only events that no wait has taken count: what the test has taken it has asked for. Predicates and
/// matchers run under the mailbox's lock: they must be pure and quick, and must not use the mailbox.
extension Mailbox {
  /// Sees that nothing was sent until a fence was passed, except what the test has taken.
  ///
  /// It waits for the fence, and for no time beyond it. The test fails at the caller's line, and the call
  /// throws, when something was sent, when something was sent to the closed mailbox, which drops it, and when the
  /// fence is not passed within the deadline. The events stay in the mailbox.
  public func expectNone(
    until fence: Fence, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    _ = try await take(
      0...0, until: fence, where: nil, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Sees that nothing that satisfies the predicate was sent until a fence was passed.
  public func expectNone(
    until fence: Fence, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    where matches: @escaping @Sendable (Event) -> Bool
  ) async throws {
    _ = try await take(
      0...0, until: fence, where: EventTest(matches), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Sees that nothing that matches was sent until a fence was passed.
  public func expectNone(
    matching matcher: Matcher<Event>, until fence: Fence, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws {
    _ = try await take(
      0...0, until: fence, where: EventTest(matcher), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Takes what was sent until a fence was passed, which must be as many events as `counts` says: `2...4`,
  /// `1...`, `3...3`.
  ///
  /// The test fails at the caller's line, and the call throws, when there are fewer or more, which then stay
  /// in the mailbox, and when the fence is not passed within the deadline.
  @discardableResult
  public func collect(
    _ counts: some RangeExpression<Int> & Sendable, until fence: Fence,
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [Event] {
    try await take(
      counts, until: fence, where: nil, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Takes what was sent until a fence was passed, which must be just so many events.
  @discardableResult
  public func collect(
    _ count: Int, until fence: Fence, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> [Event] {
    try await take(
      count...count, until: fence, where: nil, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Takes what matches and was sent until a fence was passed, which must be as many events as `counts` says.
  @discardableResult
  public func collect(
    _ counts: some RangeExpression<Int> & Sendable, matching matcher: Matcher<Event>,
    until fence: Fence, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> [Event] {
    try await take(
      counts, until: fence, where: EventTest(matcher), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  private func take(
    _ counts: some RangeExpression<Int>, until fence: Fence, where test: EventTest?,
    within duration: Duration?, at site: CallSite
  ) async throws -> [Event] {
    let atFence = Lock<(position: Int, dropped: Int)?>(nil)
    try await fence.pass(within: duration, at: site, reporter: channel.reporter) { [channel] in
      let now = channel.point.withMachine { ($0.position, $0.dropped) }
      atFence.withLock { $0 = $0 ?? now }
    } known: {
      let found = channel.point.withMachine { $0.untaken(upTo: $0.position, where: test) }
      let excerpt = JournalExcerpt(
        newest: found.map { .init(entry: $0, remark: nil) }, count: found.count)
      return [
        ("fence", ["for \(counts.description(where: test)) from \(channel.title)"]),
        ("came", found.isEmpty ? ["none so far"] : excerpt.lines),
      ]
    }
    let (end, dropped) = atFence.withLock { $0 } ?? (0, 0)
    let (sent, entries) = channel.point.withMachine { machine in
      let found = machine.untaken(upTo: end, where: test)
      if dropped == 0, counts.contains(found.count) { machine.take(found) }
      return (machine.position, found)
    }
    // Of what was dropped nobody knows whether it counts.
    if dropped == 0, counts.contains(entries.count) {
      return entries.map { $0.event.open(as: Event.self) }
    }
    let report = FenceReport(
      counts: counts.description(where: test), fence: fence.title, channel: channel.title,
      found: entries, isTooFew: !(0...entries.count).contains(where: counts.contains),
      position: end, sent: sent, dropped: dropped)
    throw await channel.reporter.error(recording: report.failure(at: site))
  }
}

extension RangeExpression<Int> {
  /// What is wanted, in words: `no event`, `2...4 events that match`.
  fileprivate func description(where test: EventTest?) -> String {
    let which = test.map { " that \($0.condition ?? "match\(isNone ? "es" : "")")" } ?? ""
    let noun = contains(1) && !contains(0) && !contains(2) ? "event" : "events"
    return isNone ? "no event\(which)" : "\(words) \(noun)\(which)"
  }

  private var words: String {
    switch self {
    case let range as ClosedRange<Int>:
      range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range)"
    case let range as PartialRangeFrom<Int>: "at least \(range.lowerBound)"
    case let range as PartialRangeThrough<Int>: "at most \(range.upperBound)"
    case let range as PartialRangeUpTo<Int>: "fewer than \(range.upperBound)"
    default: "\(self)"
    }
  }

  private var isNone: Bool { contains(0) && !contains(1) }
}

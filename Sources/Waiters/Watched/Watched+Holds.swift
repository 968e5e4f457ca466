import HarnessLock
import HarnessReporting

extension Watched {
  /// Sees that the state meets the condition now and after every change, until a fence is passed.
  ///
  /// It waits for the fence and for no time beyond it. The test fails at the caller's line, and the call
  /// throws, when a state did not meet the condition, and when the fence is not passed within the deadline.
  public func holds(
    until fence: Fence, within duration: Duration? = nil,
    _ condition: @escaping @Sendable (State) -> Bool, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    try await holds(
      EventTest(condition), until: fence, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Sees that the state matches now and after every change, until a fence is passed.
  public func holds(
    until fence: Fence, matching matcher: Matcher<State>, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws {
    try await holds(
      EventTest(matcher), until: fence, within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  private func holds(
    _ test: EventTest, until fence: Fence, within duration: Duration?, at site: CallSite
  ) async throws {
    let label = WaitLabel(start: .realNow, site: site, scope: WaitContext.current.scope)
    let observation = channel.point.observe(.violation(test), label) { _ in }
    defer { observation.end() }
    let violation = Lock<Journal.Entry?>(nil)
    try await fence.pass(within: duration, at: site, reporter: channel.reporter) {
      // From the moment of the fence on the state may be anything. A second call finds nothing.
      let entry = observation.end()
      violation.withLock { $0 = $0 ?? entry }
    } known: {
      let entry = observation.end() ?? channel.point.withMachine { $0.newest }
      return [
        ("fence", ["for the state of \(channel.title)"]),
        ("state", ["#\(entry.number)  \(entry.event.shown(cutAt: 120))"]),
      ]
    }
    guard let entry = violation.withLock({ $0 }) else { return }
    var lines = ReportLines()
    lines.add("State of \(channel.title) did not hold until \(fence.title)")
    if let condition = test.condition { lines.add("wanted", "a state that \(condition)") }
    let reason = test.reason?(entry.event).map { "  (\(shown($0[...], cutAt: 240)))" } ?? ""
    lines.add("state", "#\(entry.number)  \(entry.event.shown(cutAt: 120))\(reason)")
    lines.add(
      "try", "look for what changes the state before the fence, or fence what comes earlier")
    throw await channel.reporter.error(recording: Failure(lines.text, at: site))
  }
}

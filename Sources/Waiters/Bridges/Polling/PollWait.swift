import HarnessReporting

/// A wait that looks at an interval, and what it tells when it fails.
struct PollWait: Sendable {
  /// How many attempts a failure shows; the evidence has all.
  private static let shown = 9

  private let wait: LookoutWait
  private let interval: Duration

  init(_ name: String, every interval: Duration) {
    // Without a pause it would take a core.
    self.interval = max(interval, .milliseconds(1))
    wait = LookoutWait(
      lookout: Lookout(),
      wanted: "\(name.debugDescription), polled every \(self.interval.readable)",
      reporter: Reporter())
  }

  func value<Value>(
    within duration: Duration?, at site: CallSite, look: () async throws -> Look<Value>
  ) async throws -> Value {
    try await wait.value(
      within: duration, at: site, interval: { interval }, account: account, look: look)
  }

  func outcome<Value: Sendable>(
    within duration: Duration?, look: () async throws -> Look<Value>
  ) async -> WaitOutcome<Value> {
    await wait.outcome(
      within: duration, interval: { interval }, account: account, look: look)
  }

  private var account: @Sendable (AttemptLog) -> WaitAccount {
    { [interval] in Self.account($0, interval: interval) }
  }

  static func account(_ log: AttemptLog, interval: Duration) -> WaitAccount {
    let order = log.count > 1 ? ", the last when the deadline had passed" : ""
    var sections = [
      WaitAccount.Section(
        label: "attempts", lines: ["\(log.count)\(order):"] + log.lines(atMost: shown))
    ]
    if log.longestPause > max(interval * 5, .milliseconds(100)) {
      sections.append(
        .init(
          label: "pause",
          lines: ["\(log.longestPause.readable) between two of them: the machine was busy"]))
    }
    return WaitAccount(
      sections: sections, advice: "see what the last attempt found, and why it stays so",
      journal: log.count > shown ? log.text : nil)
  }
}

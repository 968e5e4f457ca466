import HarnessReporting

/// A wait that looks at an interval, and what it tells when it fails.
struct PollWait: Sendable {
  /// How many attempts a failure shows; the evidence has all.
  private static let shown = 9

  private let wait: LookoutWait
  private let interval: Duration
  private let site: CallSite

  init(_ name: String, every interval: Duration, at site: CallSite) {
    // Without a pause it would take a core.
    let interval = min(max(interval, .milliseconds(1)), .longest)
    self.interval = interval
    self.site = site
    wait = LookoutWait(
      Lookout("polled every \(interval.readable)"), wanted: "\(quoted(name)),"
    ) { Self.account($0, interval: interval) }
  }

  func value<Value>(
    within duration: Duration?, look: () async throws -> Look<Value>
  ) async throws -> Value {
    try await wait.value(within: duration, at: site, interval: { interval }, look: look)
  }

  func outcome<Value: Sendable>(
    within duration: Duration?, look: () async throws -> Look<Value>
  ) async -> WaitOutcome<Value> {
    await wait.outcome(within: duration, at: site, interval: { interval }, look: look)
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
          lines: ["\(log.longestPause.readable) between two of them"]))
    }
    return WaitAccount(
      finding:
        "the last attempt gave: \(log.last?.finding ?? "nothing")",
      sections: sections, advice: "see what the last attempt found, and why it stays so",
      journal: log.count > shown ? log.text : nil)
  }
}

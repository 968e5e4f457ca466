import HarnessReporting

/// What is known of a test that did not end within its limit.
struct HangReport: Sendable, CustomStringConvertible {
  private let name: String
  private let limit: Deadline
  private let waiting: [String]
  private let others: [String]
  private let isPoolBlocked: Bool
  /// Whether there is a task to cancel.
  private let hasTask: Bool
  private let threads: ThreadSummary

  init(_ scope: HangScope, isPoolBlocked: Bool, hasTask: Bool, table: WaitTable.Snapshot) {
    name = scope.name
    limit = scope.limit
    waiting = table.lines(ofTestOf: scope.reporter, atMost: 10)
    others = RunningTests.names(except: scope.name)
    self.isPoolBlocked = isPoolBlocked
    self.hasTask = hasTask
    threads = ThreadSummary(ThreadList.all())
  }

  /// The text of the failure.
  var description: String {
    var lines = headline
    lines.add("try", advice)
    return lines.text
  }

  /// What the watchdog writes: the same, with the threads, and what happens next.
  var lastWords: String {
    var lines = headline
    lines.add("threads", threads.lines)
    if !others.isEmpty {
      let rest = others.count > 5 ? ", … and \(others.count - 5) more" : ""
      lines.add("running", "other tests: \(others.prefix(5).joined(separator: ", "))\(rest)")
    }
    lines.add("next", next)
    lines.add("try", advice)
    return lines.text
  }

  private var next: String {
    guard !isPoolBlocked else {
      return "the process ends now, with status \(HangExit.status): no task of the test could react"
    }
    let grace = (HangScope.grace * TimeScale.ofEnvironment.factor).readable
    let end =
      "if the test does not end within \(grace), the process does, with status \(HangExit.status)"
    return hasTask ? "the test is cancelled; \(end)" : "a thread cannot be cancelled; \(end)"
  }

  private var headline: ReportLines {
    var lines = ReportLines()
    lines.add("Hang: \(name) did not end within its limit")
    lines.add("limit", "\(limit)")
    if isPoolBlocked {
      lines.add(
        "verdict", "the cooperative pool is blocked: a task was given no thread before the limit")
    }
    lines.add(
      "waiting",
      waiting.isEmpty
        ? [
          "nothing that the harness knows of: a continuation that nobody resumes, or a blocking call"
        ]
        : waiting)
    return lines
  }

  private var advice: String {
    isPoolBlocked
      ? "look for calls that block a thread: a semaphore, a `sync`, a lock that is held for long"
      : "give what it waits for a deadline of its own, which says more than the limit does"
  }
}

import HarnessReporting

/// Why a wait ended without what it waited for: the facts, and the text that a failure shows.
public struct WaitReport: Sendable {
  enum Ending: Sendable {
    /// `resumed` is when the waiting task was given a thread; nil while it has none.
    case timedOut(Expiry, resumed: ContinuousClock.Instant?)
    case closed
    case cancelled
  }

  /// What it is made of; in one piece, since an outcome that has a value is to be cheap to hand on.
  struct Contents: Sendable {
    /// How the wait ended.
    let ending: Ending
    let wanted: String
    let title: String
    var waited: Duration
    var deadline: Deadline
    /// Whether a scope's deadline had passed when the wait began.
    let wasOver: Bool
    /// What the channel can tell; it is put into words only where somebody reads them.
    let facts: any WaitFacts
    let reporter: Reporter
    let source: ObjectIdentifier
    /// The wait among those of the channel; nil where it is the only one.
    let number: UInt64?
  }

  private final class Storage: Sendable {
    let contents: Contents

    init(_ contents: Contents) {
      self.contents = contents
    }
  }

  private var storage: Storage

  init(_ contents: Contents) {
    storage = Storage(contents)
  }

  var contents: Contents {
    get { storage.contents }
    set { storage = Storage(newValue) }
  }

  /// How long the wait took.
  public var waited: Duration { contents.waited }

  /// What was waited for, such as `an event that matches from Mailbox "progress"`.
  public var wanted: String { "\(contents.wanted) \(contents.title)" }

  /// The error that the channel was closed with; nil when there was none, or the channel is open.
  public var closeError: (any Error)? { contents.facts.closeError }
}

extension WaitReport: CustomStringConvertible {
  /// The text that a failure shows: what was waited for, for how long, who set the deadline, what happened
  /// instead, what else waits in the test, and what to try.
  public var description: String { text(contents.facts.account) }

  private func text(_ account: WaitAccount) -> String {
    var lines = ReportLines()
    switch contents.ending {
    case .timedOut: lines.add("Timed out waiting for \(wanted)")
    case .closed: lines.add("Closed while waiting for \(wanted)")
    case .cancelled: lines.add("Cancelled while waiting for \(wanted)")
    }
    lines.add("waited", waited.readable)
    lines.add(
      "deadline",
      "\(contents.deadline)\(contents.wasOver ? "; it had passed before this wait began" : "")")
    switch contents.ending {
    case .timedOut(let expiry, let resumed):
      lines.add("verdict", account.finding + TimeoutCause(expiry, resumed: resumed).suffix)
    case .closed:
      lines.add("closed", closeError.map { "with \(shown(error: $0))" } ?? "without an error")
    case .cancelled: break
    }
    for section in account.sections { lines.add(section.label, section.lines) }
    if case .timedOut(let expiry, _) = contents.ending, let table = expiry.circumstances?.table {
      lines.add(
        "waiting",
        table.lines(ofTestOf: contents.reporter, except: (contents.source, contents.number)))
    }
    switch contents.ending {
    case .timedOut, .closed: lines.add("try", account.advice)
    case .cancelled:
      lines.add("try", "look for what cancelled the task: a task group, a time limit, a `cancel()`")
    }
    return lines.text
  }

  func failure(at site: CallSite) -> Failure {
    // Once: events may be large, and their descriptions slow.
    let account = contents.facts.account
    return Failure(
      text(account), at: site,
      evidence: account.journal.map { [Evidence(name: "journal.txt", text: $0)] } ?? [])
  }
}

import HarnessReporting

/// Why a wait ended without what it waited for: the facts, and the text that a failure shows.
public struct WaitReport: Sendable {
  enum Ending: Sendable {
    case timedOut
    case closed
    case cancelled
  }

  /// How the wait ended.
  let ending: Ending
  /// What was waited for, such as `an event that matches from Mailbox "progress"`.
  public let wanted: String
  /// How long the wait took.
  public internal(set) var waited: Duration
  /// The error that the channel was closed with; nil when there was none, or the channel is open.
  public let closeError: (any Error)?
  var deadline: Deadline
  /// Whether a scope's deadline had passed when the wait began.
  let wasOver: Bool
  /// What the channel can tell.
  let account: WaitAccount
}

/// What a channel tells in the report of a failed wait.
struct WaitAccount: Sendable {
  /// Lines under a label, such as `sent`; the first line stands beside the label.
  struct Section: Sendable {
    let label: String
    let lines: [String]
  }

  var sections: [Section]
  /// What the reader may try.
  var advice: String
  /// All the journal, where the sections show only the end of it.
  var journal: String?
}

extension WaitReport: CustomStringConvertible {
  /// The text that a failure shows: what was waited for, for how long, who set the deadline, what came
  /// instead, and what to try.
  public var description: String {
    var lines: [String] = []
    switch ending {
    case .timedOut: lines.append("Timed out waiting for \(wanted)")
    case .closed: lines.append("Closed while waiting for \(wanted)")
    case .cancelled: lines.append("Cancelled while waiting for \(wanted)")
    }
    func add(_ label: String, _ text: [String]) {
      for (index, line) in text.enumerated() {
        lines.append("  \((index == 0 ? label : "").padded(to: 10))\(line)")
      }
    }
    add("waited", [waited.readable])
    add("deadline", ["\(deadline)\(wasOver ? "; it had passed before this wait began" : "")"])
    if ending == .closed { add("closed", [closeError.map { "with \($0)" } ?? "without an error"]) }
    for section in account.sections { add(section.label, section.lines) }
    switch ending {
    case .timedOut, .closed: add("try", [account.advice])
    case .cancelled:
      add("try", ["look for what cancelled the task: a task group, a time limit, a `cancel()`"])
    }
    return lines.joined(separator: "\n")
  }

  func failure(at site: CallSite) -> Failure {
    Failure(
      description, at: site,
      evidence: account.journal.map { [Evidence(name: "journal.txt", text: $0)] } ?? [])
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

/// What a mailbox tells of itself when a wait fails, as it was at that moment.
struct MailboxFacts: WaitFacts {
  struct Closing: Sendable {
    let error: (any Error)?
  }

  struct Sent: Sendable {
    let entry: Journal.Entry
    /// Whether another wait took it.
    let isTaken: Bool
  }

  let demand: MailboxState.Demand
  /// How many events were ever sent.
  let sent: Int
  /// The newest of them, in order.
  let newest: [Sent]
  /// How many the failed wait had taken; they are back in the mailbox.
  let claimed: Int
  /// How many others lie in the mailbox.
  let left: Int
  let refused: Int
  let sentAfterClose: Int
  let closing: Closing?

  var closeError: (any Error)? { closing?.error }

  var account: WaitAccount {
    let excerpt = excerpt
    var sections: [WaitAccount.Section] = []
    if sent > 0 { sections.append(.init(label: "sent", lines: sentLines(excerpt))) }
    if refused > 0 {
      sections.append(
        .init(
          label: "refused", lines: ["\(refused.counted("event")), because the mailbox was full"]))
    }
    if sentAfterClose > 0 {
      sections.append(
        .init(
          label: "late", lines: ["\(sentAfterClose.counted("event")) after the mailbox was closed"])
      )
    }
    return WaitAccount(
      finding: finding, sections: sections, advice: advice, journal: excerpt.evidence)
  }

  private var finding: String {
    guard sent > 0 else { return "nothing was sent" }
    switch demand {
    case .next: return Self.allTaken
    case .first:
      if let match { return "one matched, #\(match.number), and went to another wait" }
      return left == 0 ? Self.allTaken : "events came, and none matched"
    case .through:
      if let match { return "one matched, #\(match.number), and went to another wait" }
      return claimed == 0 ? Self.allTaken : "events came, and none matched"
    case .count(let count): return "too few events came: \(claimed) of \(count)"
    case .sent(let count): return "too few events were sent: \(sent) of \(count)"
    }
  }

  private static var allTaken: String { "every event that was sent went to another wait" }

  /// An event that matches and that another wait took.
  private var match: Journal.Entry? {
    switch demand {
    case .first(let test), .through(let test):
      newest.last { $0.isTaken && test.matches($0.entry.event) }?.entry
    case .next, .count, .sent: nil
    }
  }

  private func sentLines(_ excerpt: JournalExcerpt) -> [String] {
    let state =
      switch demand {
      case .next: "none left"
      case .first: left == 0 ? "none left" : "\(left) untaken"
      case .count, .through: claimed == 0 ? "none left" : "\(claimed) untaken, which stay"
      case .sent: "\(left) untaken"
      }
    let headline = "\(sent.counted("event")), \(state)\(sent == 1 ? "" : ", newest last"):"
    return [headline] + excerpt.lines
  }

  private var excerpt: JournalExcerpt {
    JournalExcerpt(
      newest: newest.map { .init(entry: $0.entry, remark: remark(on: $0)) }, count: sent)
  }

  /// Why the wait did not end with an event, where that is known.
  private func remark(on sent: Sent) -> String? {
    if sent.isTaken { return "taken by another wait" }
    switch demand {
    case .first(let test), .through(let test): return test.reason?(sent.entry.event)
    case .next, .count, .sent: return nil
    }
  }

  private var advice: String {
    if closing != nil { return "see why the mailbox was closed before the event was sent" }
    guard sent > 0 else { return "see that the code which sends to this mailbox is reached" }
    switch demand {
    case .next: return "give each wait a mailbox or a condition of its own"
    case .count, .sent: return "see why fewer came than are waited for"
    case .first(let test), .through(let test):
      if match != nil || claimed + left == 0 {
        return "give each wait a mailbox or a condition of its own"
      }
      return test.reason == nil
        ? "compare what was sent with the predicate; a Matcher in its place says why each did not match"
        : "compare what was sent with what is wanted"
    }
  }
}

extension Int {
  /// `1 event`, `2 events`.
  func counted(_ noun: String) -> String {
    "\(self) \(noun)\(self == 1 ? "" : "s")"
  }
}

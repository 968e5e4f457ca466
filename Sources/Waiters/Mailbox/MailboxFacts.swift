/// What a mailbox tells of itself when a wait fails, as it was at that moment.
struct MailboxFacts<Event: Sendable>: Sendable {
  struct Closing: Sendable {
    let error: (any Error)?
  }

  struct Sent: Sendable {
    let entry: Journal<Event>.Entry
    /// Whether another wait took it.
    let isTaken: Bool
  }

  let demand: MailboxState<Event>.Demand
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

  /// How many events a failure shows; the evidence has all of ``newest``.
  static var shown: Int { 10 }

  var account: WaitAccount {
    var sections = [WaitAccount.Section(label: "sent", lines: sentLines)]
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
      sections: sections, advice: advice, journal: sent > Self.shown ? journal : nil)
  }

  private var sentLines: [String] {
    guard sent > 0 else { return ["nothing"] }
    let order = sent == 1 ? "" : ", newest last"
    var lines = ["\(sent.counted("event"))\(verdict)\(order):"]
    let shown = newest.suffix(Self.shown)
    if sent > shown.count { lines.append("… \(sent - shown.count) before these") }
    return lines + shown.map { $0.line(cutAt: 120) }
  }

  private var verdict: String {
    switch demand {
    case .next: ", all taken by other waits"
    case .first: left == 0 ? ", all taken by other waits" : ", \(left) untaken, none matches"
    case .count(let count): ", \(claimed) of the \(count) needed, which stay in the mailbox"
    case .through:
      claimed == 0
        ? ", all taken by other waits" : ", \(claimed) untaken, which stay, none matches"
    }
  }

  private var advice: String {
    switch (closing, demand) {
    case (.some, _): "see why the mailbox was closed before the event was sent"
    case (nil, .next), (nil, .count): "see that the code which sends to this mailbox is reached"
    case (nil, .first), (nil, .through):
      sent == 0
        ? "see that the code which sends to this mailbox is reached"
        : "compare what was sent with what the predicate asks for"
    }
  }

  private var journal: String {
    let fallen = sent - newest.count
    let lines =
      (fallen > 0 ? ["… \(fallen) before these"] : []) + newest.map { $0.line(cutAt: 4_000) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension MailboxFacts.Sent {
  fileprivate func line(cutAt length: Int) -> String {
    "#\(entry.number)\(isTaken ? " (taken)" : "")  \(shown(entry.event, cutAt: length))"
  }
}

extension Int {
  /// `1 event`, `2 events`.
  func counted(_ noun: String) -> String {
    "\(self) \(noun)\(self == 1 ? "" : "s")"
  }
}

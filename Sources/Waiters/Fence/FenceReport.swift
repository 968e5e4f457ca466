import HarnessReporting

/// What a mailbox held when a fence was passed, and should not have, as a failure tells it.
struct FenceReport {
  /// What was wanted, such as `no event that matches`.
  let counts: String
  let fence: String
  let channel: String
  /// The events that count, in order.
  let found: [Journal.Entry]
  /// Whether more were wanted.
  let isTooFew: Bool
  /// How many events had been sent to the mailbox when the fence was passed, and by now.
  let position: Int
  let sent: Int
  /// How many were dropped until the fence was passed.
  let dropped: Int

  func failure(at site: CallSite) -> Failure {
    var lines = ReportLines()
    lines.add("Expected \(counts) from \(channel) until \(fence), and \(came)")
    let excerpt = JournalExcerpt(
      newest: found.map { .init(entry: $0, remark: nil) }, count: found.count)
    if !found.isEmpty { lines.add("came", excerpt.lines) }
    if dropped > 0 {
      lines.add(
        "dropped",
        "\(dropped.counted("event")), sent when the mailbox was closed or full: nobody knows what they were"
      )
    }
    lines.add("sent", "\(position.counted("event")) until then\(later)")
    lines.add(
      "try",
      dropped > 0
        ? "close the mailbox after the fence, or take what fills it"
        : isTooFew
          ? "see that the fence comes after the code which sends to this mailbox"
          : "look for what sends these, or take what the test expects before the fence")
    return Failure(
      lines.text, at: site,
      evidence: excerpt.evidence.map { [Evidence(name: "journal.txt", text: $0)] } ?? [])
  }

  private var came: String {
    switch found.count {
    case 0: "none came"
    case 1: "1 came"
    default: "\(found.count) came"
    }
  }

  private var later: String {
    sent > position ? ", and \(sent - position) after it, which do not count" : ""
  }
}

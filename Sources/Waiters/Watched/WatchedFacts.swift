/// What a watched state tells of itself when a wait fails, as it was at that moment.
struct WatchedFacts: WaitFacts {
  let demand: WatchedState.Demand?
  /// The number of the state that the wait began with.
  let since: Int
  /// The newest states, in order.
  let newest: [Journal.Entry]
  /// How many there were, the first one included.
  let count: Int

  var account: WaitAccount {
    let changes = count - 1
    return WaitAccount(
      finding: finding,
      sections: [
        .init(
          label: "states",
          lines: ["\(changes.counted("change"))\(changes == 0 ? "" : ", newest last"):"]
            + excerpt.lines)
      ],
      advice: advice, journal: excerpt.evidence)
  }

  private var finding: String {
    if let earlier { return "it matched before this wait began, as #\(earlier.number)" }
    return count == 1 ? "the state did not change" : "the state changed, and never matched"
  }

  private var advice: String {
    if earlier != nil {
      return "begin the wait before the change, as by `async let`, or ask for what stays"
    }
    return count == 1
      ? "see that the code which updates this state is reached"
      : "compare the states with what is wanted"
  }

  /// The last state before the wait that met its condition.
  private var earlier: Journal.Entry? {
    guard let demand else { return nil }
    return newest.last { $0.number < since && demand.isMet(by: $0.event) }
  }

  private var excerpt: JournalExcerpt {
    JournalExcerpt(
      newest: newest.map { entry in
        let remark: String? =
          switch demand {
          case .until(let test): test.reason?(entry.event)
          case .violation, nil: nil
          }
        return .init(entry: entry, remark: remark)
      }, count: count)
  }
}

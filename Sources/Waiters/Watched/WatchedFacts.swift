/// What a watched state tells of itself when a wait fails, as it was at that moment.
struct WatchedFacts: WaitFacts {
  let demand: WatchedState.Demand?
  /// The newest states, in order.
  let newest: [Journal.Entry]
  /// How many there were, the first one included.
  let count: Int

  var account: WaitAccount {
    let changes = count - 1
    return WaitAccount(
      finding: changes == 0 ? "the state did not change" : "the state changed, and never matched",
      sections: [
        .init(
          label: "states",
          lines: ["\(changes.counted("change"))\(changes == 0 ? "" : ", newest last"):"]
            + excerpt.lines)
      ],
      advice: changes == 0
        ? "see that the code which updates this state is reached"
        : "compare the states with what is wanted", journal: excerpt.evidence)
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

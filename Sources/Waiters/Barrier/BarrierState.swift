import HarnessReporting

/// Decides when the parties of a barrier go on: when all of them have come, round after round.
struct BarrierState: WaitMachine {
  typealias Value = Void

  struct Demand: WaitDemand {
    /// Where the party waits.
    let site: CallSite

    var wanted: String { "all parties of" }
  }

  struct Facts: WaitFacts {
    let parties: Int
    /// How many have come.
    let count: Int
    /// Where those who came first wait, in order.
    let sites: [CallSite]
    let rounds: Int

    // Each party that gives up has facts of its own: with all the sites, many parties take quadratic time.
    fileprivate static let shown = 10

    var account: WaitAccount {
      let came = WaitAccount.Section(
        label: "came", lines: sites.map(\.description) + more)
      return WaitAccount(
        finding: "\(count) of \(parties) came", sections: [came],
        advice: "see that \(parties.counted("task")) reach this barrier\(after)")
    }

    private var more: [String] {
      count > sites.count ? ["… and \(count - sites.count) more"] : []
    }

    private var after: String {
      rounds > 0 ? " once more: \(rounds.counted("round")) went well" : ""
    }
  }

  private let parties: Int
  private var waiters = WaiterQueue<Demand>()
  private var rounds = 0

  init(parties: Int) {
    self.parties = max(1, parties)
  }

  var position: Int { rounds }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    waiters.append(id, demand)
    guard waiters.entries.count >= parties else { return Wakes() }
    rounds += 1
    return Wakes(waiters.removeAll().lazy.map { Wake(id: $0.id, reason: .value(())) })
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    _ = waiters.remove(id)
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? { waiters[id] }
  // The party that was missing finds the one that gave up gone, so nothing is met late.
  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool { false }

  func facts(for id: WaiterID) -> Facts {
    let first = waiters.entries.prefix(Facts.shown).map(\.element.site)
    return Facts(parties: parties, count: waiters.entries.count, sites: first, rounds: rounds)
  }

  var tableNote: String? { "\(waiters.entries.count) of \(parties) came" }
}

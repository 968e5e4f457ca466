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
    /// Where those who have come wait, in order.
    let sites: [CallSite]
    let rounds: Int

    var account: WaitAccount {
      let came = WaitAccount.Section(
        label: "came", lines: sites.prefix(10).map(\.description) + more)
      return WaitAccount(
        finding: "\(sites.count) of \(parties) came", sections: [came],
        advice: "see that \(parties.counted("task")) reach this barrier\(after)")
    }

    private var more: [String] { sites.count > 10 ? ["… and \(sites.count - 10) more"] : [] }
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
    Facts(parties: parties, sites: waiters.entries.map(\.element.site), rounds: rounds)
  }

  var tableNote: String? { "\(waiters.entries.count) of \(parties) came" }
}

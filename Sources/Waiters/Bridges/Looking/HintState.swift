/// Decides who hears that something outside may have changed: everybody who has not heard of it yet.
///
/// A hint says nothing but "look again", so any number of them between two looks are as good as one.
struct HintState: WaitMachine {
  typealias Value = Void

  struct Demand: WaitDemand {
    /// What the table of waits shows of who waits for a hint; the title follows.
    let wanted: String
    /// How many hints the wait knows of.
    let known: Int
  }

  /// A wait for a hint tells nothing itself: who looks tells what he found.
  struct Facts: WaitFacts {
    var account: WaitAccount { WaitAccount(finding: "", sections: [], advice: "") }
  }

  /// How many there were.
  private(set) var count = 0
  private var waiters = WaiterQueue<Demand>()

  var position: Int { count }

  /// Takes in a hint.
  mutating func hint() -> Wakes {
    count += 1
    return Wakes(waiters.removeAll().lazy.map { Wake(id: $0.id, reason: .value(())) })
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    if count > demand.known { return Wakes(Wake(id: id, reason: .value(()))) }
    waiters.append(id, demand)
    return Wakes()
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    _ = waiters.remove(id)
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? { waiters[id] }

  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool { count > demand.known }

  func facts(for id: WaiterID) -> Facts { Facts() }
}

extension WaitPoint<HintState> {
  /// Wakes everybody who waits for a hint: from any thread.
  func hint() {
    update { $0.hint() }
  }

  /// How many hints there were.
  var hintCount: Int { withMachine { $0.count } }
}

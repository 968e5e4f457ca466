/// Decides when a latch is open: once it has been counted down to zero, for good.
struct LatchState: WaitMachine {
  typealias Value = Void

  struct Demand: WaitDemand {
    var wanted: String { "the opening of" }
  }

  struct Facts: WaitFacts {
    let count: Int
    let remaining: Int

    var account: WaitAccount {
      WaitAccount(
        finding: remaining == count
          ? "it was never counted down"
          : "it was counted down \(count - remaining) of \(count.counted("time"))",
        sections: [],
        advice: "see that the code which counts this latch down is reached \(count.counted("time"))"
      )
    }
  }

  private let count: Int
  private var remaining: Int
  private var waiters = WaiterQueue<Void>()

  init(count: Int) {
    self.count = max(0, count)
    remaining = self.count
  }

  var position: Int { count - remaining }

  /// Takes one off, unless there is none left.
  mutating func countDown() -> Wakes {
    guard remaining > 0 else { return Wakes() }
    remaining -= 1
    guard remaining == 0 else { return Wakes() }
    return Wakes(waiters.removeAll().lazy.map { Wake(id: $0.id, reason: .value(())) })
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    if remaining == 0 { return Wakes(Wake(id: id, reason: .value(()))) }
    waiters.append(id, ())
    return Wakes()
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    _ = waiters.remove(id)
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? { waiters[id].map { Demand() } }
  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool { remaining == 0 }
  func facts(for id: WaiterID) -> Facts { Facts(count: count, remaining: remaining) }
  var tableNote: String? { "\(remaining) of \(count) to go" }
}

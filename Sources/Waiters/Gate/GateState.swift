/// Decides who goes through a gate, and who hears of arrivals.
struct GateState: WaitMachine, Sendable {
  typealias Value = Void
  typealias Wake = WaitWake<Void>

  /// What a wait asks for.
  enum Demand: Sendable {
    /// To go through.
    case pass
    /// That so many callers have come to the gate since it was made.
    case arrivals(Int)
  }

  struct Facts: Sendable {
    let arrived: Int
    let held: Int
    let isOpen: Bool
  }

  private var passes = WaiterQueue<Void>()
  private var observers = WaiterQueue<Int>()
  private var arrived = 0
  private var permits = 0
  private var isOpen = false

  /// Lets so many callers through, those who wait first.
  mutating func open(_ count: Int) -> [Wake] {
    let (sum, isOver) = permits.addingReportingOverflow(max(0, count))
    permits = isOver ? .max : sum
    var wakes: [Wake] = []
    while permits > 0, let id = passes.popFirst() {
      permits -= 1
      wakes.append(Wake(id: id, reason: .value(())))
    }
    return wakes
  }

  /// Lets everybody through from now on.
  mutating func openForever() -> [Wake] {
    isOpen = true
    return passes.removeAll().map { Wake(id: $0.id, reason: .value(())) }
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> [Wake] {
    switch demand {
    case .pass:
      arrived += 1
      var wakes = observers.removeAll { [arrived] in $0 <= arrived }
        .map { Wake(id: $0, reason: .value(())) }
      if isOpen {
        wakes.append(Wake(id: id, reason: .value(())))
      } else if permits > 0 {
        permits -= 1
        wakes.append(Wake(id: id, reason: .value(())))
      } else {
        passes.append(id, ())
      }
      return wakes
    case .arrivals(let count):
      if count <= arrived { return [Wake(id: id, reason: .value(()))] }
      observers.append(id, count)
      return []
    }
  }

  mutating func abandon(_ id: WaiterID) -> [Wake] {
    if passes.remove(id) == nil { _ = observers.remove(id) }
    return []
  }

  func facts(for id: WaiterID) -> Facts {
    Facts(arrived: arrived, held: passes.entries.count, isOpen: isOpen)
  }
}

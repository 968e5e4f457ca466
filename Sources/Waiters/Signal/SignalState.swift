/// Decides who hears of a signal: everybody who waits, and everybody who comes later.
struct SignalState<Value: Sendable>: WaitMachine, Sendable {
  typealias Demand = Void
  typealias Facts = Void
  typealias Wake = WaitWake<Value>

  private enum Stage {
    case open
    case sent(Value)
  }

  private var stage = Stage.open
  private var waiters = WaiterQueue<Void>()

  /// Takes in the value, unless there is one.
  mutating func send(_ value: Value) -> [Wake] {
    switch stage {
    case .open:
      stage = .sent(value)
      return waiters.removeAll().map { Wake(id: $0.id, reason: .value(value)) }
    case .sent: return []
    }
  }

  mutating func register(_ id: WaiterID, _ demand: Void) -> [Wake] {
    switch stage {
    case .open:
      waiters.append(id, ())
      return []
    case .sent(let value): return [Wake(id: id, reason: .value(value))]
    }
  }

  mutating func abandon(_ id: WaiterID) -> [Wake] {
    _ = waiters.remove(id)
    return []
  }

  func facts(for id: WaiterID) {}
}

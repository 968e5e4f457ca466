/// Decides who hears that something outside may have changed: everybody who has not heard of it yet.
///
/// A hint says nothing but "look again", so any number of them between two looks are as good as one.
struct HintState: WaitMachine, Sendable {
  /// How many hints the wait knows of.
  typealias Demand = Int
  typealias Value = Void
  typealias Facts = Void
  typealias Wake = WaitWake<Void>

  /// How many there were.
  private(set) var count = 0
  private var waiters = WaiterQueue<Void>()

  /// Takes in a hint.
  mutating func hint() -> [Wake] {
    count += 1
    return waiters.removeAll().map { Wake(id: $0.id, reason: .value(())) }
  }

  mutating func register(_ id: WaiterID, _ known: Int) -> [Wake] {
    if count > known { return [Wake(id: id, reason: .value(()))] }
    waiters.append(id, ())
    return []
  }

  mutating func abandon(_ id: WaiterID) -> [Wake] {
    _ = waiters.remove(id)
    return []
  }

  func facts(for id: WaiterID) {}
}

extension WaitPoint<HintState> {
  /// Wakes everybody who waits for a hint: from any thread.
  func hint() {
    update { $0.hint() }
  }

  /// How many hints there were.
  var hintCount: Int {
    var count = 0
    update {
      count = $0.count
      return []
    }
    return count
  }
}

/// Decides whom a change of a watched state wakes.
///
/// Each change is looked at once, by every wait, so that a state which was there only for a moment is seen.
struct WatchedState: WaitMachine {
  /// The state that ended the wait, with its number.
  typealias Value = Journal.Entry

  enum Demand: WaitDemand {
    /// A state that meets the condition.
    case until(EventTest)
    /// A state that does not.
    case violation(EventTest)

    var wanted: String {
      switch self {
      case .until(let test): "a state that \(test.condition ?? "matches") of"
      case .violation(let test): "a state other than one that \(test.condition ?? "matches") of"
      }
    }

    func isMet(by state: PayloadBox) -> Bool {
      switch self {
      case .until(let test): test.matches(state)
      case .violation(let test): !test.matches(state)
      }
    }
  }

  private var journal = Journal()
  private(set) var newest: Journal.Entry
  private struct Waiting: Sendable {
    let demand: Demand
    /// How many states there had been when the wait began, the one of that moment included.
    let since: Int
  }

  private var waiters = WaiterQueue<Waiting>()

  init(_ state: PayloadBox) {
    newest = journal.append(state)
  }

  /// How many states there were, the first one included.
  var position: Int { journal.count }

  /// Takes in a new state.
  mutating func change(to state: PayloadBox) -> Wakes {
    newest = journal.append(state)
    return Wakes(
      waiters.removeAll { $0.demand.isMet(by: state) }.map { Wake(id: $0, reason: .value(newest)) })
  }

  /// Takes out the state that the journal has let fall, for the caller to let go outside of the lock.
  mutating func takeFallen() -> PayloadBox? { journal.takeFallen() }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    if demand.isMet(by: newest.event) { return Wakes(Wake(id: id, reason: .value(newest))) }
    waiters.append(id, Waiting(demand: demand, since: journal.count))
    return Wakes()
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    _ = waiters.remove(id)
    return Wakes()
  }

  func demand(of id: WaiterID) -> Demand? { waiters[id]?.demand }

  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool {
    journal.count > position && demand.isMet(by: newest.event)
  }

  func facts(for id: WaiterID) -> WatchedFacts {
    WatchedFacts(
      demand: waiters[id]?.demand, since: waiters[id]?.since ?? 0, newest: Array(journal.entries),
      count: journal.count)
  }
}

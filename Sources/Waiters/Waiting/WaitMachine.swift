/// What a kind of channel decides: who gets what, and when.
///
/// A machine is a value that holds no lock and resumes nobody. ``WaitPoint`` runs it under its lock.
protocol WaitMachine {
  /// What a wait asks for.
  associatedtype Demand: Sendable
  /// What a wait is given.
  associatedtype Value: Sendable
  /// The facts that a failure tells, as they were when the wait ended.
  associatedtype Facts: Sendable

  /// A wait that ends, in the order in which waits are to wake.
  typealias Wake = WaitWake<Value>

  /// Takes in a wait; gives the waits that this ends, which may include the new one.
  mutating func register(_ id: WaiterID, _ demand: Demand) -> [Wake]

  /// Forgets a wait that ended without a value; gives the waits that this ends.
  mutating func abandon(_ id: WaiterID) -> [Wake]

  /// The facts for a wait that is registered.
  func facts(for id: WaiterID) -> Facts
}

/// A wait that a machine ends.
struct WaitWake<Value> {
  enum Reason {
    case value(Value)
    /// The channel was closed. The machine has not forgotten the wait yet.
    case closed
  }

  let id: WaiterID
  let reason: Reason
}

/// How a wait ended.
enum WaitEnding<Value, Facts> {
  case value(Value)
  case closed(Facts)
  case timedOut(Facts, at: ContinuousClock.Instant)
  case cancelled(Facts)
}

extension WaitEnding: Sendable where Value: Sendable, Facts: Sendable {}

/// What a kind of channel decides: who gets what, and when.
///
/// A machine is a value that holds no lock and resumes nobody. ``WaitPoint`` runs it under its lock.
protocol WaitMachine: Sendable {
  /// What a wait asks for.
  associatedtype Demand: WaitDemand
  /// What a wait is given.
  associatedtype Value: Sendable
  /// The facts that a failure tells, as they were when the wait ended.
  associatedtype Facts: WaitFacts

  /// A wait that ends.
  typealias Wake = WaitWake<Value>
  /// The waits that end, in the order in which they are to wake.
  typealias Wakes = Batch<WaitWake<Value>>

  /// Takes in a wait; gives the waits that this ends, which may include the new one.
  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes

  /// Forgets a wait that ended without a value; gives the waits that this ends.
  ///
  /// It runs no code of a user: the watchdog calls it.
  mutating func abandon(_ id: WaiterID) -> Wakes

  /// Whether something that a forgotten wait gave back has still to be offered to others.
  var isUnsettled: Bool { get }

  /// Offers what was given back to others, whose conditions it runs; gives the waits that this ends.
  ///
  /// It is called before the machine takes in anything else.
  mutating func resettle() -> Wakes

  /// The facts for a wait that is registered.
  func facts(for id: WaiterID) -> Facts

  /// What a registered wait asks for.
  func demand(of id: WaiterID) -> Demand?

  /// How far the channel has come: grows with everything that may meet a demand.
  var position: Int { get }

  /// Whether a demand that was given up at `position` is met by what came last.
  ///
  /// It is asked after each change, so what came before the last one need not be looked at again.
  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool

  /// What the table of waits says of the channel beside each of its waits, such as who keeps a gate shut.
  var tableNote: String? { get }
}

extension WaitMachine {
  var tableNote: String? { nil }
  var isUnsettled: Bool { false }
  mutating func resettle() -> Wakes { Wakes() }
}

/// What a wait asks for.
protocol WaitDemand: Sendable {
  /// The words for it; the channel's title follows: `an event that matches from`.
  var wanted: String { get }
}

/// What a channel can tell when a wait ended without a value.
protocol WaitFacts: Sendable {
  var account: WaitAccount { get }
  /// The error that the channel was closed with.
  var closeError: (any Error)? { get }
}

extension WaitFacts {
  var closeError: (any Error)? { nil }
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

extension WaitWake: Sendable where Value: Sendable {}
extension WaitWake.Reason: Sendable where Value: Sendable {}

/// How a wait ended.
enum WaitEnding<Value: Sendable, Facts: Sendable>: Sendable {
  case value(Value)
  // The facts are large, and rare: a value is all that most waits carry.
  indirect case closed(Facts)
  indirect case timedOut(Facts, Expiry)
  indirect case cancelled(Facts)
}

import HarnessReporting

/// What a channel's lock guards: its machine, the waits, and those whose deadline it missed.
///
/// It decides whom to wake, and wakes nobody.
struct WaitContents<Machine: WaitMachine>: Sendable {
  typealias Ending = WaitEnding<Machine.Value, Machine.Facts>

  /// A wait that was given up, and that may still be met too late.
  struct Missed {
    let demand: Machine.Demand
    let site: CallSite
    let scope: WaitScope?
    let instant: ContinuousClock.Instant
    let position: Int
  }

  /// What came of giving up a wait.
  struct GivenUp {
    /// The facts of the moment; nil where it had ended before.
    var facts: Machine.Facts?
    var handles = Batch<WakeHandle>()
    /// What is forgotten for it, for the caller to let go outside of the lock.
    var fallen: Missed?
    /// Whether events that it gave back have still to be offered to others, which runs conditions of a user.
    var isUnsettled = false
  }

  /// A wait that was met too late.
  struct Late {
    let demand: Machine.Demand
    let site: CallSite
    let scope: WaitScope?
    let late: Duration
  }

  var machine: Machine
  var room = WaitRoom<WakeHandle, Ending, WaitLabel>()
  private var missed: [Missed] = []

  /// Late news of the last so many waits is enough to read.
  private static var missedLimit: Int { 16 }

  init(_ machine: Machine) {
    self.machine = machine
  }

  /// Carries out what the machine decided; gives those to wake, in order.
  mutating func settle(_ wakes: Machine.Wakes) -> Batch<WakeHandle> {
    var handles = Batch<WakeHandle>()
    for wake in wakes {
      let ending: Ending
      switch wake.reason {
      case .value(let value): ending = .value(value)
      case .closed:
        ending = .closed(machine.facts(for: wake.id))
        // A closed channel gives nobody anything, so there is nobody else to wake.
        _ = machine.abandon(wake.id)
      }
      switch room.end(wake.id, ending) {
      case .won(let handle): if let handle { handles.append(handle) }
      case .lost: preconditionFailure("wait \(wake.id.number) was given a value after its end")
      }
    }
    return handles
  }

  /// Carries out a change, after what was given back has been offered; gives those to wake, in order.
  mutating func carryOut(_ change: (inout Machine) -> Machine.Wakes) -> Batch<WakeHandle> {
    // Joining two batches at each event would cost a tenth of a wake.
    guard machine.isUnsettled else { return settle(change(&machine)) }
    return resettle() + settle(change(&machine))
  }

  /// Offers to others what was given back; gives those to wake, in order.
  mutating func resettle() -> Batch<WakeHandle> {
    machine.isUnsettled ? settle(machine.resettle()) : Batch()
  }

  /// Ends a wait without a value, unless it has ended; gives the facts of the moment and those to wake.
  ///
  /// It runs no code of a user; what was given back is offered to others by ``resettle()``.
  ///
  /// `missedAt` is when its deadline was missed, where that is told and what comes late is news.
  mutating func giveUp(
    _ id: WaiterID, missedAt: ContinuousClock.Instant?, _ ending: (Machine.Facts) -> Ending
  ) -> GivenUp {
    var result = GivenUp()
    guard room.isOpen(id) else { return result }
    let facts = machine.facts(for: id)
    if let missedAt, let demand = machine.demand(of: id), let label = room.label(of: id) {
      if missed.count == Self.missedLimit { result.fallen = missed.removeFirst() }
      missed.append(
        Missed(
          demand: demand, site: label.site, scope: label.scope, instant: missedAt,
          position: machine.position))
    }
    guard case .won(let handle) = room.end(id, ending(facts)) else { return result }
    result.facts = facts
    if let handle { result.handles.append(handle) }
    result.handles.append(contentsOf: settle(machine.abandon(id)))
    result.isUnsettled = machine.isUnsettled
    return result
  }

  /// Lets what comes from now on be no news: the harness itself brings it about.
  ///
  /// Gives them, for the caller to let go outside of the lock.
  mutating func takeMissed() -> some Sendable {
    defer { missed = [] }
    return missed
  }

  /// The waits that the last change has met too late.
  mutating func takeLate() -> [Late] {
    guard !missed.isEmpty else { return [] }
    let now = ContinuousClock.Instant.realNow
    var late: [Late] = []
    missed.removeAll { missed in
      guard machine.meets(missed.demand, givenUpAt: missed.position) else { return false }
      late.append(
        Late(
          demand: missed.demand, site: missed.site, scope: missed.scope,
          late: missed.instant.duration(to: now)))
      return true
    }
    return late
  }
}

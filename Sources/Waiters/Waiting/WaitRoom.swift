/// Names one wait; later waits have greater numbers.
struct WaiterID: Hashable, Comparable, Sendable {
  let number: UInt64

  static func < (a: WaiterID, b: WaiterID) -> Bool { a.number < b.number }
}

/// Decides, for each wait, which of its possible ends came first.
///
/// A wait is registered before its task suspends, so that nothing that happens in between is lost. From
/// then on an event, the deadline and a cancellation race; exactly one of them ends the wait, and it alone
/// is given the handle to resume.
struct WaitRoom<Handle, Ending> {
  private enum Place {
    /// Registered; its task still runs.
    case pending
    /// Suspended.
    case parked(Handle)
    /// Over; its task reads the ending when it runs.
    case ended(Ending)
  }

  private var places: [WaiterID: Place] = [:]
  private var nextNumber: UInt64 = 0

  /// Registers a wait.
  mutating func enter() -> WaiterID {
    let id = WaiterID(number: nextNumber)
    nextNumber += 1
    places[id] = .pending
    return id
  }

  /// Takes in the handle of the suspended task; gives it back when the wait has ended already.
  mutating func park(_ id: WaiterID, _ handle: Handle) -> Handle? {
    switch places[id] {
    case .pending:
      places[id] = .parked(handle)
      return nil
    case .ended: return handle
    case .parked: preconditionFailure("wait \(id.number) is parked twice")
    case nil: preconditionFailure("wait \(id.number) is parked but not registered")
    }
  }

  /// What ending a wait led to.
  enum End {
    /// This ended it; resume the handle, where there is one already.
    case won(Handle?)
    /// It had ended before, or has left.
    case lost
  }

  /// Ends a wait, unless something else ended it before.
  mutating func end(_ id: WaiterID, _ ending: Ending) -> End {
    switch places[id] {
    case .pending:
      places[id] = .ended(ending)
      return .won(nil)
    case .parked(let handle):
      places[id] = .ended(ending)
      return .won(handle)
    case .ended, nil: return .lost
    }
  }

  /// Whether the wait goes on.
  func isOpen(_ id: WaiterID) -> Bool {
    switch places[id] {
    case .pending, .parked: true
    case .ended, nil: false
    }
  }

  /// Whether the wait has not been left, though it may have ended.
  func contains(_ id: WaiterID) -> Bool { places[id] != nil }

  /// Gives the ending to the task of the wait and forgets it; nil while it goes on.
  mutating func leave(_ id: WaiterID) -> Ending? {
    guard case .ended(let ending) = places[id] else { return nil }
    places[id] = nil
    return ending
  }
}

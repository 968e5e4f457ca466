import HeapModule

/// Names one wait; later waits have greater numbers.
typealias WaiterID = SlotKey

/// Decides, for each wait, which of its possible ends came first.
///
/// A wait is registered before its task suspends, so that nothing that happens in between is lost. From
/// then on an event, the deadline and a cancellation race; exactly one of them ends the wait, and it alone
/// is given the handle to resume.
struct WaitRoom<Handle, Ending, Label> {
  fileprivate enum Place {
    /// Registered; its task still runs.
    case pending
    /// Suspended.
    case parked(Handle)
    /// Over; its task reads the ending when it runs.
    case ended(Ending)

    /// What resumes the task, where it is suspended.
    var handle: Handle? {
      switch self {
      case .parked(let handle): handle
      case .pending, .ended: nil
      }
    }
  }

  fileprivate struct Guest {
    var place: Place
    let label: Label

    var isOpen: Bool {
      switch place {
      case .pending, .parked: true
      case .ended: false
      }
    }
  }

  private var guests = SlotTable<Guest>()

  /// Registers a wait, with what is known of it.
  mutating func enter(_ label: Label) -> WaiterID {
    guests.insert(Guest(place: .pending, label: label))
  }

  /// Takes in the handle of the suspended task; gives it back when the wait has ended already.
  mutating func park(_ id: WaiterID, _ handle: Handle) -> Handle? {
    let result = guests.update(id) { guest -> Handle? in
      switch guest.place {
      case .pending:
        guest.place = .parked(handle)
        return nil
      case .ended: return handle
      case .parked: preconditionFailure("wait \(id.number) is parked twice")
      }
    }
    guard let result else { preconditionFailure("wait \(id.number) is parked but not registered") }
    return result
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
    guests.update(id) { guest -> End in
      guard guest.isOpen else { return .lost }
      let handle = guest.place.handle
      guest.place = .ended(ending)
      return .won(handle)
    } ?? .lost
  }

  /// Whether the wait goes on.
  func isOpen(_ id: WaiterID) -> Bool {
    guests[id]?.isOpen ?? false
  }

  /// Whether the wait has not been left, though it may have ended.
  func contains(_ id: WaiterID) -> Bool { guests[id] != nil }

  /// What is known of a wait.
  func label(of id: WaiterID) -> Label? { guests[id]?.label }

  /// How many waits go on, and the oldest of them, in order.
  func open(
    atMost limit: Int, where isShown: (Label) -> Bool = { _ in true }
  ) -> (count: Int, oldest: [(id: WaiterID, label: Label)]) {
    var oldest = Heap<WaiterID>()
    var count = 0
    for (id, guest) in guests.all where guest.isOpen && isShown(guest.label) {
      count += 1
      oldest.insert(id)
      if oldest.count > limit { oldest.removeMax() }
    }
    return (count, oldest.unordered.sorted().compactMap { id in guests[id].map { (id, $0.label) } })
  }

  /// How a wait ended that has not been left; nil while it goes on.
  func ending(of id: WaiterID) -> Ending? {
    guard case .ended(let ending) = guests[id]?.place else { return nil }
    return ending
  }

  /// Gives the ending to the task of the wait and forgets it; nil while it goes on.
  mutating func leave(_ id: WaiterID) -> Ending? {
    guard !isOpen(id), case .ended(let ending)? = guests.remove(id)?.place else { return nil }
    return ending
  }
}

extension WaitRoom: Sendable where Handle: Sendable, Ending: Sendable, Label: Sendable {}
extension WaitRoom.Place: Sendable where Handle: Sendable, Ending: Sendable {}
extension WaitRoom.Guest: Sendable where Handle: Sendable, Ending: Sendable, Label: Sendable {}

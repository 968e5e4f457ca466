import DequeModule

/// Decides which wait is given which event of a mailbox.
///
/// An event goes to the oldest wait that takes it, or stays until one does. So an event that lies in the
/// mailbox is one that every present wait declines, and a new wait looks through what lies there first.
struct MailboxState<Event: Sendable>: WaitMachine, Sendable {
  typealias Value = [Event]
  typealias Wake = WaitWake<[Event]>
  typealias Predicate = @Sendable (Event) -> Bool

  /// What a wait asks for.
  enum Demand: Sendable {
    /// The oldest event.
    case next
    /// The oldest event that matches; the others stay.
    case first(Predicate)
    /// So many events.
    case count(Int)
    /// Every event up to the first that matches, and that one.
    case through(Predicate)
  }

  /// What came of an event.
  enum Reception {
    /// It ends a wait.
    case deliver(Wake)
    /// It stays, or a wait has it that needs more.
    case keep
    /// There is no room for it, for the first time.
    case refuseFirst
    /// There is no room for it, again, or the mailbox is closed.
    case refuse
  }

  private struct Waiting: Sendable {
    let demand: Demand
    /// What a wait for several events has taken so far; it goes back if the wait fails.
    var claimed: [Journal<Event>.Entry] = []

    /// Whether the wait has all it asked for once it is given the event, which it takes.
    func isComplete(with event: Event) -> Bool {
      switch demand {
      case .next, .first: true
      case .count(let count): claimed.count + 1 >= count
      case .through(let matches): matches(event)
      }
    }
  }

  private let limit: Int
  private var journal: Journal<Event>
  private var undelivered: Deque<Journal<Event>.Entry> = []
  private var waiters = WaiterQueue<Waiting>()
  private var claimedCount = 0
  private var refusedCount = 0
  private var sentAfterClose = 0
  private var closing: MailboxFacts<Event>.Closing?

  /// Makes the state of an empty mailbox.
  ///
  /// - Parameters:
  ///   - limit: The most events that it keeps for waits to come.
  ///   - journal: The newest events, for failures.
  init(limit: Int, journal: Journal<Event> = Journal()) {
    self.limit = limit
    self.journal = journal
  }

  /// Takes in an event sent by the system under test.
  mutating func receive(_ event: Event) -> Reception {
    guard closing == nil else {
      sentAfterClose += 1
      return .refuse
    }
    let taker = waiters.indices.first { waiters[$0].demand.takes(event) }
    let isComplete = taker.map { waiters[$0].isComplete(with: event) } ?? false
    guard isComplete || claimedCount + undelivered.count < limit else {
      refusedCount += 1
      return refusedCount == 1 ? .refuseFirst : .refuse
    }
    let entry = journal.append(event)
    guard let taker else {
      undelivered.append(entry)
      return .keep
    }
    let wake = give(entry, toWaiterAt: taker, isComplete: isComplete)
    return wake.map { .deliver($0) } ?? .keep
  }

  /// Takes out the event that the journal has let fall, for the caller to let go outside of the lock.
  mutating func takeFallen() -> Event? { journal.takeFallen() }

  /// Closes the mailbox, unless it is closed; what lies in it can still be taken.
  mutating func close(throwing error: (any Error)?) -> [Wake] {
    guard closing == nil else { return [] }
    closing = MailboxFacts.Closing(error: error)
    return waiters.entries.map { Wake(id: $0.id, reason: .closed) }
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> [Wake] {
    switch demand {
    case .next:
      if let entry = undelivered.popFirst() {
        return [Wake(id: id, reason: .value([entry.event]))]
      }
    case .first(let matches):
      if let index = undelivered.firstIndex(where: { matches($0.event) }) {
        return [Wake(id: id, reason: .value([undelivered.remove(at: index).event]))]
      }
    case .count(...0):
      return [Wake(id: id, reason: .value([]))]
    case .count, .through: break
    }
    waiters.append(id, Waiting(demand: demand))
    if demand.claims {
      let index = waiters.indices.upperBound - 1
      while let entry = undelivered.popFirst() {
        if let wake = give(entry, toWaiterAt: index) { return [wake] }
      }
    }
    return closing == nil ? [] : [Wake(id: id, reason: .closed)]
  }

  mutating func abandon(_ id: WaiterID) -> [Wake] {
    guard let waiting = waiters.remove(id) else { return [] }
    claimedCount -= waiting.claimed.count
    // What the wait had taken goes to those behind it, or back to where it was: while a wait claims
    // events nothing else can lie in the mailbox, except what is newer.
    var wakes: [Wake] = []
    var rest: [Journal<Event>.Entry] = []
    for entry in waiting.claimed {
      let taker =
        closing == nil ? waiters.indices.first { waiters[$0].demand.takes(entry.event) } : nil
      guard let taker else {
        rest.append(entry)
        continue
      }
      if let wake = give(entry, toWaiterAt: taker) { wakes.append(wake) }
    }
    undelivered.prepend(contentsOf: rest)
    return wakes
  }

  func facts(for id: WaiterID) -> MailboxFacts<Event> {
    let waiting = waiters[id]
    let taken = waiting?.claimed.count ?? 0
    return MailboxFacts(
      demand: waiting?.demand ?? .next, sent: journal.count,
      newest: journal.entries.map { entry in
        .init(entry: entry, isTaken: isTaken(entry, except: waiting))
      },
      claimed: taken, left: undelivered.count, refused: refusedCount,
      sentAfterClose: sentAfterClose, closing: closing)
  }

  /// Gives an event to a wait that takes it; the wait ends when it has all it asked for.
  private mutating func give(
    _ entry: Journal<Event>.Entry, toWaiterAt index: Int
  ) -> Wake? {
    give(
      entry, toWaiterAt: index, isComplete: waiters[index].isComplete(with: entry.event))
  }

  /// Gives an event to a wait that takes it, and that is complete with it or not.
  private mutating func give(
    _ entry: Journal<Event>.Entry, toWaiterAt index: Int, isComplete: Bool
  ) -> Wake? {
    waiters[index].claimed.append(entry)
    claimedCount += 1
    guard isComplete else { return nil }
    let waiter = waiters.remove(at: index)
    claimedCount -= waiter.element.claimed.count
    return Wake(id: waiter.id, reason: .value(waiter.element.claimed.map(\.event)))
  }

  /// Whether another wait has the event, or had it.
  private func isTaken(_ entry: Journal<Event>.Entry, except waiting: Waiting?) -> Bool {
    !undelivered.holds(entry.number) && !(waiting?.claimed.holds(entry.number) ?? false)
  }
}

extension MailboxState.Demand {
  /// Whether a wait takes the event when it comes.
  fileprivate func takes(_ event: Event) -> Bool {
    switch self {
    case .next, .count, .through: true
    case .first(let matches): matches(event)
    }
  }

  /// Whether a wait takes events before it has all.
  fileprivate var claims: Bool {
    switch self {
    case .next, .first: false
    case .count, .through: true
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// Whether an event is among these, which ascend by number.
  fileprivate func holds<Event>(_ number: Int) -> Bool where Element == Journal<Event>.Entry {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if self[middle].number == number { return true }
      range =
        self[middle].number < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }
}

import DequeModule

/// Decides which wait is given which event of a mailbox.
///
/// An event goes to the oldest wait that takes it, or stays until one does. So an event that lies in the
/// mailbox is one that every present wait declines, and a new wait looks through what lies there first.
struct MailboxState: WaitMachine {
  typealias Value = Delivery

  /// What a wait asks for.
  enum Demand: WaitDemand {
    /// The oldest event.
    case next
    /// The oldest event that matches; the others stay.
    case first(EventTest)
    /// So many events.
    case count(Int)
    /// Every event up to the first that matches, and that one.
    case through(EventTest)
    /// That so many events have been sent, whoever takes them.
    case sent(Int)
  }

  /// What a wait is given.
  enum Delivery: Sendable {
    case none
    case one(PayloadBox)
    case many([PayloadBox])
  }

  /// What came of an event.
  enum Reception {
    /// It ends these waits.
    case deliver(Wakes)
    /// There is no room for it, for the first time.
    case refuseFirst
    /// There is no room for it, again, or the mailbox is closed.
    case refuse
  }

  private struct Waiting: Sendable {
    let demand: Demand
    /// What a wait for several events has taken so far; it goes back if the wait fails.
    var claimed: [Journal.Entry] = []

    /// Whether the wait has all it asked for once it is given the event, which it takes.
    func isComplete(with event: PayloadBox) -> Bool {
      switch demand {
      case .next, .first, .sent: true
      case .count(let count): claimed.count + 1 >= count
      case .through(let test): test.matches(event)
      }
    }
  }

  private let limit: Int
  private var journal: Journal
  private(set) var undelivered: Deque<Journal.Entry> = []
  private var waiters = WaiterQueue<Waiting>()
  private var observers = WaiterQueue<Int>()
  private var claimedCount = 0
  /// How many of those that lie in the mailbox, from the first on, were given back and have not been offered to
  /// the waits that are there.
  private var unsettled = 0
  private var refusedCount = 0
  private var sentAfterClose = 0
  private var closing: MailboxFacts.Closing?

  /// Makes the state of an empty mailbox.
  ///
  /// - Parameters:
  ///   - limit: The most events that it keeps for waits to come.
  ///   - journal: The newest events, for failures.
  init(limit: Int, journal: Journal = Journal()) {
    self.limit = limit
    self.journal = journal
  }

  /// How many events were taken in.
  var position: Int { journal.count }

  /// How many events were dropped: there was no room for them, or the mailbox was closed.
  var dropped: Int { refusedCount + sentAfterClose }

  /// Takes in an event sent by the system under test.
  mutating func receive(_ event: PayloadBox) -> Reception {
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
    var wakes = Wakes()
    if let taker {
      if let wake = give(entry, toWaiterAt: taker, isComplete: isComplete) { wakes.append(wake) }
    } else {
      undelivered.append(entry)
    }
    if !observers.isEmpty {
      for id in observers.removeAll(where: { $0 <= journal.count }) {
        wakes.append(Wake(id: id, reason: .value(.none)))
      }
    }
    return .deliver(wakes)
  }

  /// Takes out the event that the journal has let fall, for the caller to let go outside of the lock.
  mutating func takeFallen() -> PayloadBox? { journal.takeFallen() }

  /// The events that lie in the mailbox, match and were sent up to a position.
  func untaken(upTo position: Int, where test: EventTest?) -> [Journal.Entry] {
    undelivered.prefix { $0.number <= position }.filter { test?.matches($0.event) ?? true }
  }

  /// Takes out events that lie in the mailbox, in their order.
  mutating func take(_ entries: [Journal.Entry]) {
    var rest = entries[...]
    undelivered.removeAll { entry in
      guard entry.number == rest.first?.number else { return false }
      rest.removeFirst()
      return true
    }
    // Too many are offered then, which does no harm: they decline again.
    unsettled = min(unsettled, undelivered.count)
  }

  /// Takes out the oldest event that lies in the mailbox and matches.
  mutating func takeFirst(_ test: EventTest) -> PayloadBox? {
    guard let index = undelivered.firstIndex(where: { test.matches($0.event) }) else { return nil }
    let entry = undelivered.remove(at: index)
    unsettled = min(unsettled, undelivered.count)
    return entry.event
  }

  /// Closes the mailbox, unless it is closed; what lies in it can still be taken.
  mutating func close(throwing error: (any Error)?) -> Wakes {
    guard closing == nil else { return Wakes() }
    closing = MailboxFacts.Closing(error: error)
    return Wakes((waiters.ids + observers.ids).sorted().map { Wake(id: $0, reason: .closed) })
  }

  mutating func register(_ id: WaiterID, _ demand: Demand) -> Wakes {
    func wake(_ value: Delivery) -> Wakes { Wakes(Wake(id: id, reason: .value(value))) }
    switch demand {
    case .next:
      if let entry = undelivered.popFirst() { return wake(.one(entry.event)) }
    case .first(let test):
      if let event = takeFirst(test) { return wake(.one(event)) }
    case .count(...0): return wake(.many([]))
    case .sent(let count):
      if count <= journal.count { return wake(.none) }
      observers.append(id, count)
      return closing == nil ? Wakes() : Wakes(Wake(id: id, reason: .closed))
    case .count, .through: break
    }
    waiters.append(id, Waiting(demand: demand))
    if demand.claims {
      let index = waiters.indices.upperBound - 1
      while let entry = undelivered.popFirst() {
        if let wake = give(entry, toWaiterAt: index) { return Wakes(wake) }
      }
    }
    return closing == nil ? Wakes() : Wakes(Wake(id: id, reason: .closed))
  }

  mutating func abandon(_ id: WaiterID) -> Wakes {
    guard let waiting = waiters.remove(id) else {
      _ = observers.remove(id)
      return Wakes()
    }
    claimedCount -= waiting.claimed.count
    // What the wait had taken goes back to where it was: while a wait claims events nothing else can lie in the
    // mailbox, except what is newer. Those behind it are asked by `resettle`.
    undelivered.prepend(contentsOf: waiting.claimed)
    if closing == nil, !waiters.isEmpty { unsettled += waiting.claimed.count }
    return Wakes()
  }

  var isUnsettled: Bool { unsettled > 0 }

  mutating func resettle() -> Wakes {
    guard unsettled > 0 else { return Wakes() }
    let given = undelivered.prefix(unsettled)
    undelivered.removeFirst(given.count)
    unsettled = 0
    var wakes = Wakes()
    var rest: [Journal.Entry] = []
    for entry in given {
      guard let taker = waiters.indices.first(where: { waiters[$0].demand.takes(entry.event) })
      else {
        rest.append(entry)
        continue
      }
      if let wake = give(entry, toWaiterAt: taker) { wakes.append(wake) }
    }
    undelivered.prepend(contentsOf: rest)
    return wakes
  }

  func demand(of id: WaiterID) -> Demand? {
    waiters[id]?.demand ?? observers[id].map { .sent($0) }
  }

  func meets(_ demand: Demand, givenUpAt position: Int) -> Bool {
    guard journal.count > position, let newest = journal.entries.last else { return false }
    return switch demand {
    case .next: true
    case .first(let test), .through(let test): test.matches(newest.event)
    // What was there when the wait was given up counts as well.
    case .count(let count): undelivered.count >= count
    case .sent(let count): journal.count >= count
    }
  }

  func facts(for id: WaiterID) -> MailboxFacts {
    let waiting = waiters[id]
    return MailboxFacts(
      demand: demand(of: id) ?? .next, sent: journal.count,
      newest: journal.entries.map { entry in
        .init(entry: entry, isTaken: isTaken(entry, except: waiting))
      },
      claimed: waiting?.claimed.count ?? 0, left: undelivered.count, refused: refusedCount,
      sentAfterClose: sentAfterClose, closing: closing)
  }

  /// Gives an event to a wait that takes it; the wait ends when it has all it asked for.
  private mutating func give(_ entry: Journal.Entry, toWaiterAt index: Int) -> Wake? {
    give(entry, toWaiterAt: index, isComplete: waiters[index].isComplete(with: entry.event))
  }

  /// Gives an event to a wait that takes it, and that is complete with it or not.
  private mutating func give(
    _ entry: Journal.Entry, toWaiterAt index: Int, isComplete: Bool
  ) -> Wake? {
    if isComplete, waiters[index].claimed.isEmpty {
      // The common case: one event for one wait.
      let waiter = waiters.remove(at: index)
      let isOne = !waiter.element.demand.claims
      return Wake(id: waiter.id, reason: .value(isOne ? .one(entry.event) : .many([entry.event])))
    }
    waiters[index].claimed.append(entry)
    claimedCount += 1
    guard isComplete else { return nil }
    let waiter = waiters.remove(at: index)
    claimedCount -= waiter.element.claimed.count
    return Wake(id: waiter.id, reason: .value(.many(waiter.element.claimed.map(\.event))))
  }

  /// Whether another wait has the event, or had it.
  private func isTaken(_ entry: Journal.Entry, except waiting: Waiting?) -> Bool {
    !undelivered.holds(entry.number) && !(waiting?.claimed.holds(entry.number) ?? false)
  }
}

extension MailboxState.Demand {
  /// Whether a wait takes the event when it comes.
  fileprivate func takes(_ event: PayloadBox) -> Bool {
    switch self {
    case .next, .count, .through: true
    case .first(let test): test.matches(event)
    case .sent: false
    }
  }

  /// Whether a wait takes events before it has all.
  fileprivate var claims: Bool {
    switch self {
    case .next, .first, .sent: false
    case .count, .through: true
    }
  }

  var wanted: String {
    switch self {
    case .next: "an event from"
    case .first(let test): "an event that \(test.condition ?? "matches") from"
    case .count(let count): "\(count.counted("event")) from"
    case .through(let test): "events up to one that \(test.condition ?? "matches") from"
    case .sent(let count): "\(count.counted("event")) sent to"
    }
  }
}

extension RandomAccessCollection<Journal.Entry> where Index == Int {
  /// Whether an event is among these, which ascend by number.
  fileprivate func holds(_ number: Int) -> Bool {
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

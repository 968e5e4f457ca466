import HarnessLock
import Testing

@testable import Waiters

@Suite struct `The state of a mailbox` {
  private var mailbox = MailboxState(limit: 10)
  private let ids = (0..<8).map { WaiterID(number: $0) }

  /// A wait that ended, in a form that compares.
  private struct Given: Equatable {
    let wait: UInt64
    let events: [Int]?

    init(_ wait: UInt64, _ events: [Int]?) {
      self.wait = wait
      self.events = events
    }

    init(_ wake: WaitWake<MailboxState.Delivery>) {
      switch wake.reason {
      case .value(let delivery): self.init(wake.id.number, delivery.events())
      case .closed: self.init(wake.id.number, nil)
      }
    }
  }

  private mutating func send(_ events: Int...) -> [Given] {
    events.flatMap { event -> [Given] in
      switch mailbox.receive(ValueBox(event)) {
      case .deliver(let wakes): wakes.map(Given.init)
      case .refuseFirst, .refuse: []
      }
    }
  }

  private mutating func reception(of event: Int) -> String {
    switch mailbox.receive(ValueBox(event)) {
    case .deliver: "deliver"
    case .refuseFirst: "refuseFirst"
    case .refuse: "refuse"
    }
  }

  private mutating func wait(_ id: Int, _ demand: MailboxState.Demand) -> [Given] {
    mailbox.register(ids[id], demand).map(Given.init)
  }

  private func test(_ predicate: @escaping @Sendable (Int) -> Bool) -> EventTest {
    EventTest(predicate)
  }

  private mutating func close() -> [Given] { mailbox.close(throwing: nil).map(Given.init) }

  private mutating func abandon(_ id: Int) -> [Given] {
    (mailbox.abandon(ids[id]) + mailbox.resettle()).map(Given.init)
  }

  @Test mutating func `gives events to waits in the order of both`() {
    #expect(wait(0, .next) == [])
    #expect(wait(1, .next) == [])
    #expect(send(10, 11, 12) == [Given(0, [10]), Given(1, [11])])
    #expect(wait(2, .next) == [Given(2, [12])])
  }

  @Test mutating func `leaves what does not match, in its order`() {
    #expect(send(1, 2, 3) == [])
    #expect(wait(0, .first(test { $0 == 2 })) == [Given(0, [2])])
    #expect(wait(1, .count(2)) == [Given(1, [1, 3])])
  }

  @Test mutating func `gives an event to the oldest wait that takes it`() {
    _ = wait(0, .first(test { $0 > 10 }))
    _ = wait(1, .next)
    #expect(send(5, 11) == [Given(1, [5]), Given(0, [11])])
  }

  @Test mutating func `collects across the moment of the wait`() {
    _ = send(1, 2)
    #expect(wait(0, .count(3)) == [])
    #expect(send(3, 4) == [Given(0, [1, 2, 3])])
    #expect(wait(1, .next) == [Given(1, [4])])
  }

  @Test mutating func `collects up to the event that matches, and no further`() {
    _ = send(1, 2, 3)
    #expect(wait(0, .through(test { $0 == 2 })) == [Given(0, [1, 2])])
    #expect(wait(1, .next) == [Given(1, [3])])
  }

  @Test mutating func `asks a predicate once about each event`() {
    let asked = Lock<[Int]>([])
    let matches: @Sendable (Int) -> Bool = { event in
      asked.withLock { $0.append(event) }
      return event == 4
    }
    _ = send(1)
    #expect(wait(0, .through(test(matches))) == [])
    #expect(send(2, 3, 4) == [Given(0, [1, 2, 3, 4])])
    #expect(asked.withLock { $0 } == [1, 2, 3, 4])
  }

  @Test(arguments: [0, -1])
  mutating func `collects nothing at once`(count: Int) {
    _ = send(1)
    #expect(wait(0, .count(count)) == [Given(0, [])])
    #expect(wait(1, .next) == [Given(1, [1])])
  }

  @Test mutating func `puts back what a failed wait had taken`() {
    _ = wait(0, .count(3))
    _ = send(1, 2)
    #expect(abandon(0) == [])
    _ = send(3)
    #expect(wait(1, .count(3)) == [Given(1, [1, 2, 3])])
  }

  @Test mutating func `offers what a failed wait had taken to those behind it`() {
    _ = wait(0, .count(5))
    _ = wait(1, .first(test { $0 == 2 }))
    _ = wait(2, .next)
    _ = send(1, 2, 3)
    #expect(abandon(0) == [Given(2, [1]), Given(1, [2])])
    #expect(wait(3, .next) == [Given(3, [3])])
  }

  @Test mutating func `gives nothing to a wait that failed`() {
    _ = wait(0, .next)
    _ = abandon(0)
    #expect(send(1) == [])
    #expect(wait(1, .next) == [Given(1, [1])])
  }

  @Test mutating func `ends every wait when it is closed, and keeps what they had`() {
    _ = wait(0, .count(3))
    _ = send(1)
    _ = wait(1, .next)
    #expect(close() == [Given(0, nil), Given(1, nil)])
    #expect(abandon(0) == [])
    #expect(abandon(1) == [])
    #expect(wait(2, .next) == [Given(2, [1])])
    #expect(wait(3, .next) == [Given(3, nil)])
  }

  @Test mutating func `takes nothing in once it is closed, and says so`() {
    _ = mailbox.close(throwing: nil)
    #expect(send(1, 2) == [])
    #expect(close() == [])
    #expect(wait(0, .next) == [Given(0, nil)])
    #expect(mailbox.facts(for: ids[0]).sentAfterClose == 2)
  }

  @Test mutating func `refuses what is over the limit, until there is room`() {
    for event in 1...10 { _ = send(event) }
    #expect(reception(of: 11) == "refuseFirst")
    #expect(reception(of: 12) == "refuse")
    #expect(wait(0, .next) == [Given(0, [1])])
    #expect(reception(of: 13) == "deliver")
    #expect(mailbox.facts(for: ids[0]).refused == 2)
  }

  @Test mutating func `counts what a wait has taken towards the limit`() {
    _ = wait(0, .count(20))
    for event in 1...10 { _ = send(event) }
    #expect(reception(of: 11) == "refuseFirst")
  }

  @Test mutating func `knows which events other waits took`() {
    _ = send(1, 2, 3)
    _ = wait(0, .next)
    _ = wait(1, .first(test { $0 > 5 }))
    let facts = mailbox.facts(for: ids[1])
    #expect(facts.newest.map(\.isTaken) == [true, false, false])
    #expect(facts.left == 2)
  }
}

@Suite struct `The journal` {
  @Test func `keeps the newest, numbered, and the count of all`() {
    var journal = Journal(capacity: 2)
    for event in ["a", "b", "c"] { _ = journal.append(ValueBox(event)) }
    #expect(journal.entries.map(\.number) == [2, 3])
    #expect(journal.entries.map { $0.event.open(as: String.self) } == ["b", "c"])
    #expect(journal.count == 3)
  }
}

@Suite struct `A wait that gives its events back` {
  @Test func `asks nobody, until what it gave back is offered`() {
    let asked = Lock(0)
    let ids = [WaiterID(number: 1), WaiterID(number: 2)]
    var mailbox = MailboxState(limit: 10)
    _ = mailbox.register(ids[0], .count(2))
    _ = mailbox.register(
      ids[1],
      .first(
        EventTest { (_: Int) in
          asked.withLock { $0 += 1 }
          return true
        }))
    _ = mailbox.receive(ValueBox(7))
    #expect(asked.withLock { $0 } == 0)
    #expect(mailbox.abandon(ids[0]).map(\.id).isEmpty)
    #expect(asked.withLock { $0 } == 0)
    #expect(mailbox.isUnsettled)
    #expect(mailbox.resettle().map(\.id) == [ids[1]])
    #expect(!mailbox.isUnsettled)
  }
}

import HarnessLock
import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A barrier` {
  @Test func `lets its parties go on when all have come, round after round`() async throws {
    let barrier = Barrier("barrier", parties: 3)
    let log = Lock<[Int]>([])
    try await withThrowingTaskGroup { group in
      for _ in 0..<3 {
        group.addTask {
          for round in 0..<100 {
            log.withLock { $0.append(round) }
            try await barrier.arrive()
          }
        }
      }
      try await group.waitForAll()
    }
    // Nobody was a round ahead: the rounds are in order, three times each.
    #expect(log.withLock { $0 } == (0..<300).map { $0 / 3 })
  }

  @Test func `no longer counts who gave up`() async throws {
    let barrier = Barrier("barrier", parties: 2)
    #expect(await barrier.outcomeOfArrival(within: .zero).value == nil)
    #expect(await barrier.outcomeOfArrival(within: .zero).value == nil)
    async let first: Void = barrier.arrive()
    async let second: Void = barrier.arrive()
    try await first
    try await second
  }

  @Test func `tells of the first who came, however many there are`() {
    var state = BarrierState(parties: 10_001)
    let ids = (0..<10_000).map { WaiterID(number: UInt64($0)) }
    for id in ids { _ = state.register(id, .init(site: CallSite(line: UInt(id.number + 1)))) }
    // Each that gives up takes its facts with it: they are to be small.
    for id in ids.prefix(9_980) {
      #expect(state.facts(for: id).sites.count == 10)
      #expect(state.demand(of: id) != nil)
      _ = state.abandon(id)
    }
    let account = state.facts(for: ids[9_980]).account
    #expect(account.finding == "20 of 10001 came")
    #expect(account.sections[0].lines.count == 11)
    #expect(account.sections[0].lines.first?.hasSuffix(":9981") == true)
    #expect(account.sections[0].lines.last == "… and 10 more")
  }

  @Test(arguments: [1, 0, -1])
  func `of one does not hold anybody`(parties: Int) async throws {
    try await Barrier("barrier", parties: parties).arrive(within: .zero)
  }
}

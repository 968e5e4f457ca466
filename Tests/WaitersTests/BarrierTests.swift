import HarnessLock
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

  @Test(arguments: [1, 0, -1])
  func `of one does not hold anybody`(parties: Int) async throws {
    try await Barrier("barrier", parties: parties).arrive(within: .zero)
  }
}

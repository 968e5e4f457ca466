import Testing

@testable import Waiters

@Suite struct `A latch` {
  @Test func `opens when it has been counted down, for all who wait and come later`() async throws {
    let latch = Latch("latch", count: 2)
    async let first: Void = latch.opened()
    async let second: Void = latch.opened()
    latch.countDown()
    #expect(await latch.outcomeOfOpened(within: .zero).value == nil)
    latch.countDown()
    try await first
    try await second
    try await latch.opened()
  }

  @Test(arguments: [0, -1])
  func `of nothing is open`(count: Int) async throws {
    try await Latch("latch", count: count).opened(within: .zero)
  }

  @Test func `stays open when it is counted down further`() async throws {
    let latch = Latch("latch", count: 1)
    for _ in 0..<3 { latch.countDown() }
    try await latch.opened()
  }

  @Test func `can be counted down from many tasks`() async throws {
    let latch = Latch("latch", count: 1_000)
    await withTaskGroup { group in
      for _ in 0..<1_000 { group.addTask { latch.countDown() } }
    }
    try await latch.opened()
  }

  @Test func `says how far it was counted down`() async throws {
    let latch = Latch("latch", count: 3)
    let untouched = await latch.outcomeOfOpened(within: .zero)
    #expect(untouched.report?.description.contains("verdict   it was never counted down") == true)
    latch.countDown()
    let outcome = await latch.outcomeOfOpened(within: .zero)
    #expect(outcome.report?.description.contains("it was counted down 1 of 3 times") == true)
  }
}

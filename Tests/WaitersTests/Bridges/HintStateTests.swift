import Testing

@testable import Waiters

@Suite struct `The state of hints` {
  private var hints = HintState()
  private let ids = (0..<3).map { WaiterID(number: $0) }

  @Test mutating func `wakes everybody who waits, first in, first out`() {
    for id in ids { #expect(hints.register(id, 0).isEmpty) }
    #expect(hints.hint().map(\.id) == ids)
    #expect(hints.hint().isEmpty)
    #expect(hints.count == 2)
  }

  @Test mutating func `lets nobody wait who does not know of the last hint`() {
    _ = hints.hint()
    #expect(hints.register(ids[0], 0).map(\.id) == [ids[0]])
    #expect(hints.register(ids[1], 1).isEmpty)
  }

  @Test mutating func `forgets who gave up`() {
    _ = hints.register(ids[0], 0)
    #expect(hints.abandon(ids[0]).isEmpty)
    #expect(hints.hint().isEmpty)
  }
}

import Testing

@testable import Waiters

@Suite struct `The state of hints` {
  private var hints = HintState()
  private let ids = (0..<3).map { WaiterID(number: $0) }

  private mutating func register(_ id: WaiterID, known: Int) -> [WaiterID] {
    hints.register(id, .init(wanted: "a change of", known: known)).map(\.id)
  }

  @Test mutating func `wakes everybody who waits, first in, first out`() {
    for id in ids { #expect(register(id, known: 0) == []) }
    #expect(hints.hint().map(\.id) == ids)
    #expect(hints.hint().map(\.id) == [])
    #expect(hints.count == 2)
  }

  @Test mutating func `lets nobody wait who does not know of the last hint`() {
    _ = hints.hint()
    #expect(register(ids[0], known: 0) == [ids[0]])
    #expect(register(ids[1], known: 1) == [])
    #expect(hints.demand(of: ids[1])?.wanted == "a change of")
    #expect(hints.demand(of: ids[0])?.wanted == nil)
  }

  @Test mutating func `forgets who gave up`() {
    _ = register(ids[0], known: 0)
    #expect(hints.abandon(ids[0]).map(\.id) == [])
    #expect(hints.hint().map(\.id) == [])
  }
}

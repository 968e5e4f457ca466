import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `The state of a gate` {
  private var gate = GateState(madeAt: CallSite())
  private let ids = (0..<8).map { WaiterID(number: $0) }

  private mutating func register(_ id: Int, _ demand: GateState.Demand) -> [UInt64] {
    gate.register(ids[id], demand).map(\.id.number)
  }

  private mutating func open(_ count: Int) -> [UInt64] { gate.open(count).map(\.id.number) }

  private mutating func openForever() -> [UInt64] { gate.openForever().map(\.id.number) }

  @Test mutating func `lets callers through one by one, first in, first out`() {
    for id in 0..<3 { #expect(register(id, .pass) == []) }
    #expect(open(1) == [0])
    #expect(open(2) == [1, 2])
  }

  @Test mutating func `keeps leave that nobody has used`() {
    #expect(open(1) == [])
    #expect(register(0, .pass) == [0])
    #expect(register(1, .pass) == [])
  }

  @Test mutating func `lets everybody through once it is open forever`() {
    _ = register(0, .pass)
    #expect(openForever() == [0])
    #expect(register(1, .pass) == [1])
  }

  @Test mutating func `tells of arrivals, also of earlier ones, before it lets anybody through`() {
    _ = open(1)
    #expect(register(0, .arrivals(2)) == [])
    #expect(register(1, .pass) == [1])
    #expect(register(2, .pass) == [0])
    #expect(register(3, .arrivals(2)) == [3])
  }

  @Test mutating func `gives no leave to a caller that gave up`() {
    _ = register(0, .pass)
    _ = register(1, .pass)
    _ = gate.abandon(ids[0])
    #expect(open(1) == [1])
  }

  @Test mutating func `can be given more leave than there are numbers`() {
    #expect(open(.max) == [])
    #expect(open(.max) == [])
    #expect(register(0, .pass) == [0])
  }

  @Test(arguments: [0, -3])
  mutating func `takes an opening for nobody as none`(count: Int) {
    #expect(open(count) == [])
    #expect(register(0, .pass) == [])
  }
}

import Testing

@testable import Waiters

@Suite struct `The state of a manual clock` {
  private var clock = ManualClockState()
  private let ids = (0..<8).map { WaiterID(number: $0) }

  private mutating func register(_ id: Int, _ demand: ManualClockState.Demand) -> [UInt64] {
    clock.register(ids[id], demand).map(\.id.number)
  }

  private mutating func advance(to seconds: Int) -> [UInt64] {
    clock.advance(to: .seconds(seconds)).map(\.id.number)
  }

  @Test mutating func `wakes the earliest first, and of one time who came first`() {
    for (id, seconds) in [3, 1, 2, 1, 5].enumerated() {
      #expect(register(id, .time(.seconds(seconds))) == [])
    }
    #expect(clock.nextTime == .seconds(1))
    #expect(advance(to: 3) == [1, 3, 2, 0])
    #expect(clock.nextTime == .seconds(5))
    #expect(advance(to: 4) == [])
    #expect(advance(to: 5) == [4])
    #expect(clock.nextTime == nil)
  }

  @Test mutating func `does not put to sleep whose time has come`() {
    _ = advance(to: 2)
    #expect(register(0, .time(.seconds(2))) == [0])
    #expect(register(1, .time(.seconds(-1))) == [1])
  }

  @Test mutating func `never goes back`() {
    _ = advance(to: 2)
    _ = advance(to: 1)
    #expect(clock.now == .seconds(2))
  }

  @Test mutating func `tells of timers, also of earlier ones, and of the earliest`() {
    #expect(register(0, .armed(2)) == [])
    #expect(register(1, .time(.seconds(5))) == [])
    let wakes = clock.register(ids[2], .time(.seconds(3))).map { $0 }
    #expect(wakes.map(\.id.number) == [0])
    guard case .value(let time)? = wakes.first?.reason else {
      Issue.record("no value")
      return
    }
    #expect(time == .seconds(3))
    #expect(register(3, .armed(1)) == [3])
    _ = advance(to: 3)
    #expect(register(4, .armed(2)) == [])
  }

  @Test mutating func `counts only who sleeps now`() {
    _ = register(0, .time(.seconds(1)))
    _ = advance(to: 1)
    #expect(register(1, .armed(1)) == [])
    #expect(register(2, .time(.seconds(2))) == [1])
    _ = clock.abandon(ids[2])
    #expect(register(3, .armed(1)) == [])
    #expect(register(4, .armed(0)) == [])
    #expect(register(5, .time(.seconds(2))) == [3, 4])
  }

  @Test mutating func `forgets whom it is told to`() {
    _ = register(0, .time(.seconds(1)))
    _ = register(1, .armed(2))
    _ = clock.abandon(ids[0])
    _ = clock.abandon(ids[1])
    #expect(register(2, .time(.seconds(1))) == [])
    #expect(register(3, .time(.seconds(1))) == [])
    #expect(advance(to: 1) == [2, 3])
  }

  @Test mutating func `keeps facts small, however many sleep`() {
    let ids = (0..<10_000).map { WaiterID(number: UInt64($0)) }
    for id in ids { _ = clock.register(id, .time(.seconds(id.number % 3 + 1))) }
    for id in ids where id.number >= 12 {
      #expect(clock.facts(for: id).armed.count == 5)
      _ = clock.abandon(id)
      #expect(clock.demand(of: id) == nil)
    }
    #expect(clock.facts(for: ids[0]).account.sections[1].lines.last == "… and 7 more")
    #expect(advance(to: 3) == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
    #expect(clock.demand(of: ids[0]) == nil)
  }

  @Test mutating func `counts to the longest time, and wakes all there`() {
    #expect(clock.register(ids[0], .time(Duration(attoseconds: .max))).map(\.id) == [])
    #expect(clock.demand(of: ids[0])?.wanted == "292471208678 years on")
    let woken = clock.advance(to: Duration(attoseconds: .max)).map(\.id)
    #expect(woken == [ids[0]])
    #expect(clock.now == .seconds(Int64.max))
    #expect(clock.tableNote == "it shows 292471208678 years")
    #expect(clock.register(ids[1], .time(Duration(attoseconds: .max))).map(\.id) == [ids[1]])
  }

  @Test mutating func `says what there is`() {
    for id in 0..<7 { _ = register(id, .time(.seconds(7 - id))) }
    let account = clock.facts(for: ids[0]).account
    #expect(account.finding == "too few sleep on the clock")
    #expect(account.sections.map(\.label) == ["time", "armed"])
    #expect(account.sections[0].lines == ["0 ms"])
    #expect(
      account.sections[1].lines == ["1 s", "2 s", "3 s", "4 s", "5 s", "… and 2 more"])
    #expect(clock.demand(of: ids[3])?.wanted == "4 s on")
    #expect(clock.tableNote == "it shows 0 ms")
    #expect(ManualClockState().facts(for: ids[0]).account.finding == "nobody sleeps on the clock")
  }
}

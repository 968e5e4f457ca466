import Testing

@testable import Waiters

@Suite struct `The state of a signal` {
  private var signal = SignalState(.signal)
  private let ids = (0..<4).map { WaiterID(number: $0) }

  private func told(_ wakes: SignalState.Wakes) -> [String] {
    wakes.map {
      switch $0.reason {
      case .value(let box): "\($0.id.number) \(box.open(as: String.self))"
      case .closed: "\($0.id.number) closed"
      }
    }
  }

  private mutating func send(_ value: String) -> [String] { told(signal.send(ValueBox(value))) }
  private mutating func register(_ id: Int) -> [String] {
    told(signal.register(ids[id], .init(.signal)))
  }

  @Test mutating func `tells everybody who waits, first in, first out`() {
    for id in ids { _ = signal.register(id, .init(.signal)) }
    #expect(send("a") == ["0 a", "1 a", "2 a", "3 a"])
  }

  @Test mutating func `tells everybody who comes later`() {
    _ = send("a")
    #expect(register(0) == ["0 a"])
    #expect(register(1) == ["1 a"])
  }

  @Test mutating func `keeps the first value`() {
    _ = send("a")
    #expect(send("b") == [])
    #expect(register(0) == ["0 a"])
  }

  @Test mutating func `forgets a wait that failed`() {
    for id in ids { _ = signal.register(id, .init(.signal)) }
    _ = signal.abandon(ids[1])
    #expect(send("a") == ["0 a", "2 a", "3 a"])
  }
}

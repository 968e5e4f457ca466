import Testing

@testable import Waiters

@Suite struct `A gate` {
  private let gate = Gate("gate")
  private let passed = Mailbox<Int>("passed")

  private func caller(_ number: Int) -> Task<Void, any Error> {
    Task {
      try await gate.pass()
      passed.send(number)
    }
  }

  @Test func `holds a caller until it is opened`() async throws {
    let held = caller(1)
    try await gate.arrivals()
    #expect(gate.channel.point.withMachine { $0.facts(for: WaiterID(number: 0)).held } == 1)
    #expect(await passed.outcomeOfNext(within: .zero).value == nil)
    gate.open()
    #expect(try await passed.next() == 1)
    try await held.value
  }

  @Test func `lets callers through in the order in which they came`() async throws {
    for number in 1...3 {
      _ = caller(number)
      try await gate.arrivals(number)
    }
    for number in 1...3 {
      gate.open()
      #expect(try await passed.next() == number)
    }
  }

  @Test func `is no obstacle once it is open forever`() async throws {
    gate.openForever()
    try await gate.pass()
    try await gate.pass()
  }

  @Test func `lets a cancelled caller go with an error`() async throws {
    let held = caller(1)
    try await gate.arrivals()
    held.cancel()
    await #expect(throws: CancellationError.self) { try await held.value }
    let next = caller(2)
    try await gate.arrivals(2)
    gate.open()
    try await next.value
  }

  @Test func `hands back what came of waiting for arrivals`() async {
    guard case .timedOut = await gate.outcomeOfArrivals(within: .zero) else {
      Issue.record("the wait did not time out")
      return
    }
  }
}

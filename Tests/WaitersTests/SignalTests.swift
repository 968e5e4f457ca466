import Testing
import Waiters

@Suite struct `A signal` {
  @Test func `gives its value to everybody, now and later`() async throws {
    let started = Signal<Int>("started")
    async let early = started.value()
    async let alsoEarly = started.value()
    started.send(8080)
    started.send(9090)
    #expect(try await early == 8080)
    #expect(try await alsoEarly == 8080)
    #expect(try await started.value() == 8080)
  }

  @Test func `needs no value`() async throws {
    let done = Signal<Void>("done")
    done.send()
    try await done.value()
  }

  @Test func `gives nothing in time where nobody sends`() async {
    guard case .timedOut(let report) = await Signal<Int>("port").outcome(within: .zero) else {
      Issue.record("the wait did not time out")
      return
    }
    #expect(report.wanted == "the value of Signal \"port\"")
  }

  @Test func `wakes 10,000 waits`() async {
    let start = Signal<Int>("start")
    let total = await withTaskGroup { group in
      for _ in 0..<10_000 {
        group.addTask { await start.outcome(within: .seconds(60)).value ?? 0 }
      }
      start.send(1)
      return await group.reduce(0, +)
    }
    #expect(total == 10_000)
  }
}

import Testing

@testable import HarnessReporting

@Suite struct `The sightings of other tests` {
  private var ledger = TestSightings.Ledger()

  private mutating func leave(_ scope: TestSightings.Scope) -> [String] {
    ledger.leave(scope).sorted()
  }

  @Test mutating func `are those of the time of the scope`() {
    ledger.note("early()")
    let scope = ledger.enter("mine()", within: [])
    ledger.note("other()")
    ledger.note("other()")
    #expect(leave(scope) == ["other()"])
    ledger.note("late()")
    #expect(leave(scope) == [])
  }

  @Test mutating func `do not include the test itself`() {
    let scope = ledger.enter("mine()", within: [])
    ledger.note("mine()")
    #expect(leave(scope) == [])
  }

  @Test mutating func `include scopes that overlap, on both sides`() {
    let first = ledger.enter("first()", within: [])
    let second = ledger.enter("second()", within: [])
    #expect(leave(first) == ["second()"])
    #expect(leave(second) == ["first()"])
  }

  @Test mutating func `include another case of the same test`() {
    let first = ledger.enter("cases()", within: [])
    let second = ledger.enter("cases()", within: [])
    #expect(leave(second) == ["cases(), in another case"])
    #expect(leave(first) == ["cases(), in another case"])
  }

  @Test mutating func `do not include the scopes that a scope lies in`() {
    let outer = ledger.enter("mine()", within: [])
    let inner = ledger.enter("mine()", within: [outer])
    #expect(leave(inner) == [])
    #expect(leave(outer) == [])
  }

  @Test(arguments: [
    (["x", "--testing-library", "swift-testing"], true),
    (["x", "--testing-library", "swift-testing", "--no-parallel"], false),
    (
      [
        "x", "--experimental-maximum-parallelization-width", "1", "--testing-library",
        "swift-testing",
      ], false
    ),
    (["x", "--testing-library", "xctest"], false),
    (["x"], false), (["x", "--testing-library"], false),
  ])
  func `matter where tests run at once`(arguments: [String], atOnce: Bool) {
    #expect(RunningFramework.runsTestsAtOnce(arguments) == atOnce)
  }
}

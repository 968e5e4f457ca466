import Testing

@testable import Waiters

@Suite struct `The budget of verdicts` {
  private let start = ContinuousClock.now

  @Test func `says ten in a second, and then the number of the others`() {
    var budget = VerdictBudget()
    for _ in 1...10 { #expect(budget.admit(at: start) == .say) }
    #expect(budget.admit(at: start + .milliseconds(1)) == .skipFirst(until: start + .seconds(1)))
    #expect(budget.admit(at: start + .milliseconds(2)) == .skip)
    #expect(budget.takeSkipped() == 2)
    #expect(budget.admit(at: start + .seconds(1)) == .say)
  }

  @Test func `says nothing more before the others are told`() {
    var budget = VerdictBudget()
    for _ in 1...11 { _ = budget.admit(at: start) }
    let later = start + .seconds(2)
    #expect(budget.admit(at: later) == .skip)
    #expect(budget.takeSkipped() == 2)
    #expect(budget.admit(at: later) == .say)
  }
}

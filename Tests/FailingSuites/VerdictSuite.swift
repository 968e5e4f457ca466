import Testing

/// The scenarios in Swift Testing: one at a time, since one of them takes all cores.
@Suite(.serialized) struct VerdictSuite {
  @Test func nothingSent() async throws { try await VerdictScenario.nothingSent.run() }
  @Test func noneMatched() async throws { try await VerdictScenario.noneMatched.run() }
  @Test func starved() async throws { try await VerdictScenario.starved.run() }
  @Test func partOfALatch() async throws { try await VerdictScenario.partOfALatch.run() }
  @Test func partOfABarrier() async throws { try await VerdictScenario.partOfABarrier.run() }
  @Test func stateNeverMatched() async throws { try await VerdictScenario.stateNeverMatched.run() }
  @Test func stateDidNotHold() async throws { try await VerdictScenario.stateDidNotHold.run() }
  @Test func somethingSentBeforeTheFence() async throws {
    try await VerdictScenario.somethingSentBeforeTheFence.run()
  }
  @Test func tooFewBeforeTheFence() async throws {
    try await VerdictScenario.tooFewBeforeTheFence.run()
  }
  @Test func lateArrival() async throws { try await VerdictScenario.lateArrival.run() }
}

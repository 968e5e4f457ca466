import Testing

/// The scenarios of the outside in Swift Testing.
@Suite struct OutsideSuite {
  @Test func polled() async throws { try await OutsideScenario.polled.run() }
  @Test func file() async throws { try await OutsideScenario.file.run() }
  @Test func listener() async throws { try await OutsideScenario.listener.run() }
  @Test func noAddress() async throws { try await OutsideScenario.noAddress.run() }
  @Test func processExit() async throws { try await OutsideScenario.processExit.run() }
  @Test func processLine() async throws { try await OutsideScenario.processLine.run() }
  @Test func processThatStays() async throws { try await OutsideScenario.processThatStays.run() }
  @Test func processNotStarted() async throws { try await OutsideScenario.processNotStarted.run() }
  @Test func calledTwice() async throws { try await OutsideScenario.calledTwice.run() }
  @Test func neverCalled() async throws { try await OutsideScenario.neverCalled.run() }
  @Test func heldForEver() async throws { try await OutsideScenario.heldForEver.run() }
  @Test func brokenSequence() async throws { try await OutsideScenario.brokenSequence.run() }
}

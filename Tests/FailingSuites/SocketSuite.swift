import Testing

/// The failures of a WebSocket under Swift Testing.
@Suite struct SocketSuite {
  @Test func missedMessage() async throws { try await SocketScenarios.missedMessage() }
  @Test func brokenFlow() async throws { try await SocketScenarios.brokenFlow() }
  @Test func fromAnotherTask() async throws { try await SocketScenarios.fromAnotherTask() }
  @Test func scriptOfAServer() async throws { try await SocketScenarios.scriptOfAServer() }
}

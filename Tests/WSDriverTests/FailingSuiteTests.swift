import HarnessTestSupport
import Testing

/// What a user reads when a verb of a WebSocket fails: once, under the right test, at the caller's line.
@Suite struct `A failure of a WebSocket` {
  private static let frames = """

      frames    T  ← text    19 bytes  {"stage":"storage"}
                T  ← text    22 bytes  {"stage":"validation"}
    """

  private static let expected: [(name: String, line: Int, message: String)] = [
    (
      "missedMessage", 24,
      "WebSocket /ws/7: 3 messages did not come within 300 ms, set by this wait\(frames)"
    ),
    (
      "brokenFlow", 31,
      """
      WebSocket /ws/7: the flow is broken: storage came before validation
        flow      validation → storage
        seen      no stage
        message   {"stage":"storage"}
        try       from: .anywhere, where the service does not tell again what came before\(frames)
      """
    ),
    (
      "fromAnotherTask", 38,
      """
      WebSocket /ws/7: the next message is not JSON with "validation" at /stage
        reason    at /stage: "storage"
        message   {"stage":"storage"}\(frames)
      """
    ),
    (
      "scriptOfAServer", 45,
      """
      WebSocket /ws/7, server's side: the next message is not the text "hello"
        reason    it is another text
        message   bye
        frames    T  ← text    3 bytes  bye
      """
    ),
  ]

  @Test(arguments: FailingRun.Framework.allCases)
  func `is told once, at its line`(framework: FailingRun.Framework) async throws {
    let suite = framework == .xctest ? "SocketFailures" : "SocketSuite"
    let run = try await FailingRun.of(suite, framework, environment: ["HARNESS_TIME_SCALE": ""])
    for (name, line, message) in Self.expected {
      let test =
        framework == .xctest
        ? "SocketFailures.test\(name.prefix(1).uppercased())\(name.dropFirst())" : "\(name)()"
      let issues = run.issues(of: test)
      #expect(issues.map(\.place) == ["SocketScenarios.swift:\(line)"], "\(run.output)")
      #expect(issues.first.map { Self.steady($0.message) } == Self.steady(message))
    }
    #expect(run.exitStatus == 1)
  }

  /// The text without its times, and without the second frame where it has not come yet.
  private static func steady(_ text: String) -> String {
    let lines = text.replacing(/[0-9.]+ (ms|s) +(?=[←→ ] )/, with: "T  ")
      .split(separator: "\n")
      .filter { !$0.hasPrefix("  evidence  ") && !$0.hasPrefix("            T  ← ") }
    return lines.joined(separator: "\n")
  }
}

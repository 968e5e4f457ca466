import GoldenFiles
import HarnessTestSupport
import Testing

/// What a user reads when a cancellation test fails: once, under the right test, at the caller's line, and
/// with a golden text.
@Suite struct `A cancellation test that fails` {
  /// The tests, and the line that each must fail at, in both frameworks.
  private static let scenarios = [
    ("swept", 8), ("swallowed", 19), ("unfinished", 29), ("notReached", 34), ("stuck", 41),
    ("open", 48),
  ]

  @Test func `is told in Swift Testing`() async throws {
    let run = try await FailingRun.of(
      "CancellationSuite", .swiftTesting, environment: ["HARNESS_TIME_SCALE": ""])
    for (scenario, line) in Self.scenarios {
      let issues = run.issues(of: "\(scenario)()")
      #expect(issues.map(\.place) == ["CancellationSuite.swift:\(line)"])
      try check(issues, named: "swift-testing/\(scenario)")
    }
    #expect(run.issues.count == Self.scenarios.count)
  }

  @Test func `is told in XCTest`() async throws {
    let run = try await FailingRun.of(
      "CancellationFailures", .xctest, environment: ["HARNESS_TIME_SCALE": ""])
    for (scenario, line) in Self.scenarios {
      let test =
        "CancellationFailures.test\(scenario.prefix(1).uppercased())\(scenario.dropFirst())"
      let issues = run.issues(of: test)
      #expect(issues.map(\.place) == ["CancellationFailures.swift:\(line)"])
      try check(issues, named: "xctest/\(scenario)")
    }
    #expect(run.issues.count == Self.scenarios.count)
  }

  private func check(_ issues: [FailingRun.RecordedIssue], named name: String) throws {
    let message = try #require(issues.first).message
    #expect(message.split(separator: "\n").count <= 25)
    let text = steady(message)
      .replacing(#/\n +the (process was starved|cooperative pool) .*/#, with: "")
      .replacing(#/(?m)ended     \S+ m?s after/#, with: "ended     some time after")
      .replacing(#/(?m), after \S+ m?s$/#, with: ", after some time")
    try expectGolden(text, named: name)
  }
}

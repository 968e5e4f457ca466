import GoldenFiles
import HarnessTestSupport
import Testing

/// What a user reads when virtual time, an interleaving or a manual clock fails his test: by real tests in a
/// process of their own, as golden files.
@Suite struct `The failure of virtual time` {
  private static let scenarios = [
    "deadlock", "deadlockAcrossTasks", "deadlockOfTasks", "stalledOutside", "stalledForGood",
    "nested", "threwUnderASeed", "requiredUnderASeed", "deadlockUnderASeed", "expectedUnderASeed",
    "nobodySleeps",
  ]

  @Test func `is a golden in Swift Testing`() async throws {
    let run = try await FailingRun.of(
      "VirtualTimeSuite", .swiftTesting, environment: ["HARNESS_TIME_SCALE": ""])
    for scenario in Self.scenarios {
      let issues = run.issues(of: "\(scenario)()")
      #expect(issues.count == 1, "\(scenario): \(issues)")
      try check(issues, named: "swift-testing/\(scenario)")
    }
  }

  /// XCTest's own failures cannot be added to, so the seed is a second one.
  @Test func `is a golden in XCTest`() async throws {
    let run = try await FailingRun.of(
      "VirtualTimeFailures", .xctest, environment: ["HARNESS_TIME_SCALE": ""])
    let withTwo = ["requiredUnderASeed", "deadlockUnderASeed", "expectedUnderASeed"]
    for scenario in Self.scenarios + ["hookReplaced"] {
      let issues = run.issues(
        of: "VirtualTimeFailures.test\(scenario.prefix(1).uppercased())\(scenario.dropFirst())")
      #expect(issues.count == (withTwo.contains(scenario) ? 2 : 1), "\(scenario): \(issues)")
      try check(issues, named: "xctest/\(scenario)")
    }
  }

  /// The next scope has the hooks again, where it cannot call itself by them.
  @Test func `is that of a library which takes the runtime's hooks`() async throws {
    let run = try await FailingRun.of("VirtualTimeHookSuite", .swiftTesting)
    #expect(run.issues.map(\.test) == ["hookReplaced()"])
    try check(run.issues, named: "swift-testing/hookReplaced")
  }

  private func check(_ issues: [FailingRun.RecordedIssue], named name: String) throws {
    // Which seed is the first to find a fault depends on the runtime's steps.
    let isFound = name.hasSuffix("threwUnderASeed") || name.hasSuffix("expectedUnderASeed")
    let messages = issues.map { isFound ? withoutSeed($0.message) : $0.message }
    for message in messages { #expect(message.split(separator: "\n").count <= 25) }
    try expectGolden(steady(messages.joined(separator: "\n\n")), named: name)
  }

  private func withoutSeed(_ message: String) -> String {
    message.replacing(#/seed \d+: /#, with: "seed N: ")
      .replacing(#/after \d+ seeds passed/#, with: "after some seeds passed")
      .replacing(#/seeds: \d+\.\.\.\d+/#, with: "seeds: N...N")
      .replacing(#/seed: \d+/#, with: "seed: N")
  }
}

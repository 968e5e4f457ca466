import GoldenFiles
import HarnessTestSupport
import Testing

/// What a user reads of a failed wait for the outside, by a real test in a process of its own, as golden
/// files.
@Suite struct `The failure of a wait for the outside` {
  private static let scenarios = [
    "polled", "file", "listener", "noAddress", "processExit", "processLine", "processThatStays",
    "processNotStarted", "calledTwice", "neverCalled", "heldForEver", "brokenSequence",
  ]

  private func run(_ suite: String, _ framework: FailingRun.Framework) async throws -> FailingRun {
    let folder = try TemporaryFolder()
    let artifacts = try TemporaryFolder()
    for name in ["input.csv", "report.csv.part"] { try folder.write("", to: name) }
    var run = try await FailingRun.of(
      suite, framework,
      environment: [
        "TMPDIR": folder.path, "HARNESS_TIME_SCALE": "", "HARNESS_ARTIFACTS": artifacts.path,
      ])
    run.issues = run.issues.map {
      .init(
        test: $0.test, place: $0.place,
        message: steady($0.message, folder.path).replacing(artifacts.path, with: "ARTIFACTS"))
    }
    return run
  }

  private func steady(_ message: String, _ folder: String) -> String {
    WaitersTests.steady(message).replacing(folder, with: "FOLDER")
      .replacing(#/at [\d.]+ m?s /#, with: "at some time ")
      .replacing(#/after [\d.]+ m?s/#, with: "after some time")
      // Where the machine was busy.
      .replacing(#/\n  pause .*/#, with: "")
  }

  @Test func `is a golden in Swift Testing`() async throws {
    let run = try await run("OutsideSuite", .swiftTesting)
    for scenario in Self.scenarios {
      try check(run.issues(of: "\(scenario)()"), named: "swift-testing/\(scenario)")
    }
    #expect(run.issues.count == Self.scenarios.count)
  }

  @Test func `is a golden in XCTest`() async throws {
    let run = try await run("OutsideFailures", .xctest)
    for scenario in Self.scenarios {
      let test = "OutsideFailures.test\(scenario.prefix(1).uppercased())\(scenario.dropFirst())"
      try check(run.issues(of: test), named: "xctest/\(scenario)")
    }
    #expect(run.issues.count == Self.scenarios.count)
  }

  private func check(_ issues: [FailingRun.RecordedIssue], named name: String) throws {
    #expect(issues.count == 1, "\(name): \(issues)")
    let issue = try #require(issues.first)
    #expect(issue.message.split(separator: "\n").count <= 25)
    #expect(issue.place.hasPrefix("OutsideScenarios.swift:"))
    try expectGolden(issue.message, named: name)
  }
}

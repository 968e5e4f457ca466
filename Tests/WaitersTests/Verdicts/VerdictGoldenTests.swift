import GoldenFiles
import HarnessTestSupport
import Testing

/// Each thing that a failed wait can say, by a real test in a process of its own, as a golden file.
@Suite struct `The failure of a wait` {
  private static let scenarios = [
    "nothingSent", "noneMatched", "partOfALatch", "partOfABarrier", "stateNeverMatched",
    "stateDidNotHold", "somethingSentBeforeTheFence", "tooFewBeforeTheFence", "lateArrival",
  ]

  @Test func `is a golden in Swift Testing`() async throws {
    let run = try await FailingRun.of(
      "VerdictSuite", .swiftTesting, environment: ["HARNESS_TIME_SCALE": ""])
    for scenario in Self.scenarios {
      try check(run.issues(of: "\(scenario)()"), named: "swift-testing/\(scenario)")
    }
    try checkStarvation(run.issues(of: "starved()"))
    // What came late is told, and fails nothing.
    #expect(run.output.contains("⚠︎ Test lateArrival() recorded a warning"))
    #expect(run.output.contains(#/Late: an event from Mailbox "replies" came \S+ m?s after/#))
  }

  @Test func `is a golden in XCTest`() async throws {
    let run = try await FailingRun.of(
      "VerdictFailures", .xctest, environment: ["HARNESS_TIME_SCALE": ""])
    for scenario in Self.scenarios {
      let test = "VerdictFailures.test\(scenario.prefix(1).uppercased())\(scenario.dropFirst())"
      try check(run.issues(of: test), named: "xctest/\(scenario)")
    }
    try checkStarvation(run.issues(of: "VerdictFailures.testStarved"))
    #expect(run.output.contains(#/note: Late: an event from Mailbox "replies" came \S+ m?s after/#))
  }

  private func check(_ issues: [FailingRun.RecordedIssue], named name: String) throws {
    #expect(issues.count == 1, "\(name): \(issues)")
    let message = try #require(issues.first).message
    #expect(message.split(separator: "\n").count <= 25)
    try expectGolden(steady(message), named: name)
  }

  private func checkStarvation(_ issues: [FailingRun.RecordedIssue]) throws {
    #expect(issues.count == 1)
    let message = try #require(issues.first).message
    #expect(
      message.contains(
        #/verdict   nothing was sent, and the process was starved of CPU: its threads waited \S+ m?s for a core and ran \S+ m?s in \S+ m?s/#
      ), "\(message)")
  }
}

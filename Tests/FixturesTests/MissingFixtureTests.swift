import Fixtures
import HarnessTestSupport
import Testing

@Suite struct `A missing fixture` {
  @Test(arguments: FailingRun.Framework.allCases)
  func `is one failure at the caller's line`(_ framework: FailingRun.Framework) async throws {
    let isXCTest = framework == .xctest
    let run = try await FailingRun.of(isXCTest ? "FixtureFailures" : "FixtureSuite", framework)
    let folder = try Fixture.path("isx")
    #expect(
      run.issues == [
        .init(
          test: isXCTest ? "FixtureFailures.testMissing" : "missing()",
          place: isXCTest ? "FixtureFailures.swift:13" : "FixtureSuite.swift:8",
          message: """
            there is no fixture "isx/june.xlsx"
              tried   \(folder)/june.xlsx
              there   "2025 06 22 ISX Daily Report.xlsx", "2025 06 23 ISX Daily Report.xlsx", \
            "2025 06 24 ISX Daily Report.xlsx", "README.md", "expected.json", in \(folder)
              try     putting it into testdata of the package, or setting HARNESS_FIXTURES to its folder
            """)
      ])
    #expect(run.hasFailed)
  }
}

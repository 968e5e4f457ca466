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
      run.issues(of: isXCTest ? "FixtureFailures.testMissing" : "missing()") == [
        .init(
          test: isXCTest ? "FixtureFailures.testMissing" : "missing()",
          place: isXCTest ? "FixtureFailures.swift:16" : "FixtureSuite.swift:8",
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

  @Test(arguments: FailingRun.Framework.allCases)
  func `of another kind is one failure too`(_ framework: FailingRun.Framework) async throws {
    let isXCTest = framework == .xctest
    let run = try await FailingRun.of(isXCTest ? "FixtureFailures" : "FixtureSuite", framework)
    let folder = try Fixture.path("isx")
    let view = isXCTest ? "FixtureFailures.testViewOfFile" : "viewOfFile()"
    #expect(
      run.issues(of: view) == [
        .init(
          test: view, place: isXCTest ? "FixtureFailures.swift:20" : "FixtureSuite.swift:12",
          message: """
            a view is of a folder, and "isx/README.md" is a file
              file    \(folder)/README.md
              try     the folder that it lies in, or Fixture.path where it is only read
            """)
      ])
    let bytes = isXCTest ? "FixtureFailures.testBytesOfFolder" : "bytesOfFolder()"
    #expect(
      run.issues(of: bytes) == [
        .init(
          test: bytes, place: isXCTest ? "FixtureFailures.swift:24" : "FixtureSuite.swift:16",
          message: """
            the fixture "isx" is a folder
              folder  \(folder)
              try     the name of a file in it, or withFixtureView for all of it
            """)
      ])
  }
}

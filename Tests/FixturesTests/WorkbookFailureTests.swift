import Fixtures
import GoldenFiles
import HarnessTestSupport
import Testing

/// What a user reads in each framework when rows, workbooks and generators fail a test.
@Suite struct `Failures of workbooks and generators` {
  @Test(arguments: FailingRun.Framework.allCases)
  func `are read as they stand in the golden file`(_ framework: FailingRun.Framework) async throws {
    let isXCTest = framework == .xctest
    let run = try await FailingRun.of(isXCTest ? "WorkbookFailures" : "WorkbookSuite", framework)
    // In the order of their names, because Swift Testing runs them in any order.
    let issues = run.issues.sorted { $0.test < $1.test }
    let text = issues.map { "\($0.test) at \($0.place)\n\($0.message)\n" }.joined(separator: "\n")
    try expectGolden(text, named: "workbook-failures-\(framework.rawValue)")
    #expect(run.hasFailed)
  }
}

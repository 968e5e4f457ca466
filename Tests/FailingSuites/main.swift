// Runs suites that fail on purpose, under the framework that the command line names as `swift test` does.
// The package's tests start this program and read what a user would have read.
import Testing
import XCTest

if CommandLine.arguments.contains("swift-testing") {
  await Testing.__swiftPMEntryPoint() as Never
} else {
  XCTMain([
    testCase(ReporterFailures.allTests),
    testCase(WaiterFailures.allTests),
    testCase(VerdictFailures.allTests),
    testCase(HangFailures.allTests),
    testCase(StubbornHangFailures.allTests),
    testCase(BlockingHangFailures.allTests),
    testCase(VirtualTimeFailures.allTests),
    testCase(GoldenFailures.allTests),
    testCase(ProblemFailures.allTests),
    testCase(ProblemRuleFailures.allTests),
    testCase(XMLProblemFailures.allTests),
    testCase(FixtureFailures.allTests),
    testCase(HTTPFailures.allTests),
    testCase(CancellationFailures.allTests),
    testCase(SocketFailures.allTests),
    testCase(OutsideFailures.allTests),
    testCase(PollutionFailures.allTests),
    testCase(CheckedClassFailures.allTests),
    testCase(PropertyFailures.allTests),
    testCase(WorkbookFailures.allTests),
  ])
}

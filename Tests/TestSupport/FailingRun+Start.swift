import Foundation
import HarnessProcess

extension FailingRun {
  /// Runs one suite of a program of failing suites to its end, or one test of an XCTestCase, with more variables
  /// in its environment.
  ///
  /// `arguments` are for Swift Testing, such as `--no-parallel`.
  package static func of(
    _ suite: String, _ framework: Framework, test: String? = nil,
    in program: String = "HarnessFailingSuites", environment: [String: String] = [:],
    arguments more: [String] = []
  ) async throws -> FailingRun {
    // The library matches a regular expression anywhere in `HarnessFailingSuites.Suite/test()/…`.
    let filter = #"\#(program)\.\#(suite)/"#
    let arguments =
      switch framework {
      case .swiftTesting: ["--testing-library", "swift-testing", "--filter", filter] + more
      case .xctest: ["\(program).\(suite)" + (test.map { "/\($0)" } ?? "")]
      }
    let ended = try await run(
      Command(path(of: program), arguments, environment: .inherited(with: environment)))
    // XCTest writes to standard output, Swift Testing to standard error.
    let output = ended.standardOutput.text + ended.standardError.text
    let exitStatus: Int32? =
      switch ended.status {
      case .exited(let status): status
      case .signalled, .unknown: nil
      }
    return FailingRun(
      output: output, exitStatus: exitStatus,
      issues: framework == .xctest ? xctestIssues(in: output) : swiftTestingIssues(in: output))
  }

  /// The programs lie beside the test bundle, which is the first argument of this process.
  private static func path(of program: String) -> String {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent(program).path
  }
}

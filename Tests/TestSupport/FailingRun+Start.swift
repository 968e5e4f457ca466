import Foundation
import HarnessProcess

extension FailingRun {
  /// Runs one suite of `HarnessFailingSuites` to its end, or one test of an XCTestCase, with more variables
  /// in its environment.
  ///
  /// `arguments` are for Swift Testing, such as `--no-parallel`.
  package static func of(
    _ suite: String, _ framework: Framework, test: String? = nil,
    environment: [String: String] = [:], arguments more: [String] = []
  ) async throws -> FailingRun {
    // The library matches a regular expression anywhere in `HarnessFailingSuites.Suite/test()/…`.
    let filter = #"HarnessFailingSuites\.\#(suite)/"#
    let arguments =
      switch framework {
      case .swiftTesting: ["--testing-library", "swift-testing", "--filter", filter] + more
      case .xctest: ["HarnessFailingSuites.\(suite)" + (test.map { "/\($0)" } ?? "")]
      }
    let ended = try await run(
      Command(program, arguments, environment: .inherited(with: environment)))
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

  /// The program lies beside the test bundle, which is the first argument of this process.
  private static var program: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("HarnessFailingSuites").path
  }
}

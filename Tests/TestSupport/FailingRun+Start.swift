import Foundation
import HarnessProcess

extension FailingRun {
  /// Runs one suite of `HarnessFailingSuites` to its end, with more variables in its environment.
  package static func of(
    _ suite: String, _ framework: Framework, environment: [String: String] = [:]
  ) async throws -> FailingRun {
    // The library matches a regular expression anywhere in `HarnessFailingSuites.Suite/test()/…`.
    let filter = #"HarnessFailingSuites\.\#(suite)/"#
    let arguments =
      switch framework {
      case .swiftTesting: ["--testing-library", "swift-testing", "--filter", filter]
      case .xctest: ["HarnessFailingSuites.\(suite)"]
      }
    let ended = try await run(
      Command(program, arguments, environment: .inherited(with: environment)))
    // XCTest writes to standard output, Swift Testing to standard error.
    let output = ended.standardOutput.text + ended.standardError.text
    return FailingRun(
      output: output, hasFailed: ended.status == .exited(1),
      issues: framework == .xctest ? xctestIssues(in: output) : swiftTestingIssues(in: output))
  }

  /// The program lies beside the test bundle, which is the first argument of this process.
  private static var program: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("HarnessFailingSuites").path
  }
}

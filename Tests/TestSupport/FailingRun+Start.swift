import Foundation

extension FailingRun {
  /// Runs one suite of `HarnessFailingSuites` to its end, with more variables in its environment.
  package static func of(
    _ suite: String, _ framework: Framework, environment: [String: String] = [:]
  ) throws -> FailingRun {
    // The library matches a regular expression anywhere in `HarnessFailingSuites.Suite/test()/…`.
    let filter = #"HarnessFailingSuites\.\#(suite)/"#
    let process = Process()
    process.executableURL = program
    process.arguments =
      switch framework {
      case .swiftTesting: ["--testing-library", "swift-testing", "--filter", filter]
      case .xctest: ["HarnessFailingSuites.\(suite)"]
      }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let output = String(decoding: data, as: UTF8.self)
    return FailingRun(
      output: output, status: process.terminationStatus,
      issues: framework == .xctest ? xctestIssues(in: output) : swiftTestingIssues(in: output))
  }

  /// The program lies beside the test bundle, which is the first argument of this process.
  private static var program: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("HarnessFailingSuites")
  }
}

import Foundation
import HarnessGoldens

/// `harness golden`: reviews golden files, and finds those that nobody uses.
enum GoldenCommand: Subcommand {
  static let name = "golden"
  static let summary = "reviews golden files, and finds those that no test uses"
  static let help = GoldenCommandLine.help

  static func run(_ arguments: [String]) -> Outcome {
    let ended = GoldenCommandLine.run(
      arguments, in: URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
      environment: ProcessInfo.processInfo.environment, tests: .swiftPM)
    var outcome = Outcome(ended.output, status: Outcome.Status(ended.status))
    outcome.complaint = ended.complaint
    return outcome
  }
}

extension Outcome.Status {
  fileprivate init(_ status: GoldenCommandLine.Status) {
    self =
      switch status {
      case .success: .success
      case .findings: .findings
      case .trouble: .trouble
      }
  }
}

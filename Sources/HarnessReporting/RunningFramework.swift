/// Which of the two frameworks runs in this process, and how.
package enum RunningFramework {
  /// True in the process in which `swift test` runs Swift Testing.
  ///
  /// The package manager names the library on the command line of both processes; a process started
  /// by hand without that option counts as XCTest's.
  package static var isSwiftTesting: Bool { isSwiftTesting(CommandLine.arguments) }

  /// Whether tests may run beside each other in this process.
  ///
  /// XCTest runs one test after the other. Swift Testing runs them all at once unless it is told
  /// `--no-parallel`, or to run one at a time; no test can ask it which others run.
  package static var runsTestsAtOnce: Bool { runsTestsAtOnce(CommandLine.arguments) }

  static func isSwiftTesting(_ arguments: [String]) -> Bool {
    value(of: "--testing-library", in: arguments) == "swift-testing"
  }

  static func runsTestsAtOnce(_ arguments: [String]) -> Bool {
    isSwiftTesting(arguments) && !arguments.contains("--no-parallel")
      && value(of: "--experimental-maximum-parallelization-width", in: arguments) != "1"
  }

  private static func value(of option: String, in arguments: [String]) -> String? {
    guard let index = arguments.firstIndex(of: option) else { return nil }
    return arguments[index...].dropFirst().first
  }
}

/// Which of the two frameworks runs in this process.
enum RunningFramework {
  /// True in the process in which `swift test` runs Swift Testing.
  ///
  /// The package manager names the library on the command line of both processes; a process started
  /// by hand without that option counts as XCTest's.
  static var isSwiftTesting: Bool {
    let arguments = CommandLine.arguments
    guard let option = arguments.firstIndex(of: "--testing-library") else { return false }
    return arguments[option...].dropFirst().first == "swift-testing"
  }
}

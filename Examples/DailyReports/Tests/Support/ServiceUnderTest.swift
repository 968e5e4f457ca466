import Foundation

/// Which service the suites test: that of this package, in this process, unless the environment names an
/// executable.
public enum ServiceUnderTest: Sendable {
  /// The service, in the process of the tests.
  case inProcess
  /// An executable that takes the options of `daily-reports`, and `--fault`.
  case executable(String, fault: String?)

  /// The one that `DAILY_REPORTS_EXECUTABLE` and `DAILY_REPORTS_FAULT` name.
  public static var chosen: ServiceUnderTest {
    let environment = ProcessInfo.processInfo.environment
    return environment["DAILY_REPORTS_EXECUTABLE"].map {
      .executable($0, fault: environment["DAILY_REPORTS_FAULT"])
    } ?? .inProcess
  }

  /// Whether a test sees what the service logs.
  public var showsLogs: Bool {
    switch self {
    case .inProcess: true
    case .executable: false
    }
  }
}

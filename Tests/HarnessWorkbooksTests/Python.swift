import Foundation
import HarnessProcess

/// The Python that tests read workbooks back with: `HARNESS_PYTHON` names one that has the other readers.
enum Python {
  static let path = ProcessInfo.processInfo.environment["HARNESS_PYTHON"] ?? "python3"

  /// Whether a module can be imported.
  static func has(_ module: String) async -> Bool {
    (try? await run(Command(path, ["-c", "import \(module)"])).status.isSuccess) ?? false
  }
}

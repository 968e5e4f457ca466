import Foundation

/// A service that runs for a test.
public struct RunningService: Sendable {
  /// The address of the service, for drivers.
  public let address: String
  /// What it logs; nothing when it runs in a process of its own.
  public let logs: ServiceLogs
  let directory: URL

  /// The files of uploads that lie about.
  public func uploadedFiles() -> [String] {
    let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
    return files?.compactMap { ($0 as? URL)?.lastPathComponent }.filter { $0.hasSuffix(".xlsx") }
      ?? []
  }
}

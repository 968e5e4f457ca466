public import Foundation

/// The folder in which a run leaves what helps to understand it.
///
/// `HARNESS_ARTIFACTS` names it; without that it is `.harness` beside the `Package.swift` above the test's
/// source, which git should ignore.
public enum Artifacts: Sendable {
  /// The environment variable that names the folder.
  public static let environmentVariable = "HARNESS_ARTIFACTS"

  /// The folder for a test whose source is at `filePath`.
  ///
  /// The folder itself may not exist yet. Where no `Package.swift` is found above the source, it is
  /// `.harness` in the working directory.
  public static func directory(near filePath: String) -> URL {
    directory(near: filePath, environment: ProcessInfo.processInfo.environment)
  }

  static func directory(near filePath: String, environment: [String: String]) -> URL {
    if let chosen = environment[environmentVariable], !chosen.isEmpty {
      return URL(fileURLWithPath: chosen, isDirectory: true)
    }
    var folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let manifest = folder.appendingPathComponent("Package.swift")
      if FileManager.default.fileExists(atPath: manifest.path) {
        return folder.appendingPathComponent(".harness", isDirectory: true)
      }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: ".harness", isDirectory: true)
  }

  /// A path as a person wants to read it: relative to the working directory where it lies below.
  public static func displayPath(_ url: URL) -> String {
    let base = FileManager.default.currentDirectoryPath + "/"
    let path = url.standardizedFileURL.path
    return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
  }
}

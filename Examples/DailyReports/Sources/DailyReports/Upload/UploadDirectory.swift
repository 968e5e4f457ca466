import Foundation

/// A directory of the service's own for the uploads that are under way.
struct UploadDirectory: Sendable {
  let path: String

  /// Makes a directory that only this service knows, inside of another.
  init(inside parent: String) throws {
    path = "\(parent)/daily-reports-\(UUID().uuidString.lowercased())"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// The path of a file that is not there yet.
  func newFile() -> String {
    "\(path)/\(UUID().uuidString.lowercased()).xlsx"
  }

  /// Removes the directory with all that is left in it.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}

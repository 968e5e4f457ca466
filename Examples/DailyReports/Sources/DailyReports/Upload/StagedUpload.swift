import Foundation

/// A workbook that was uploaded whole and lies in a temporary file.
struct StagedUpload: Sendable {
  let path: String
  /// The name that the client gave the file.
  let fileName: String

  /// Removes the temporary file.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}

import Foundation

/// Runs `body` with a file of this name and content in a folder of its own.
func withTemporaryFile(
  _ name: String, _ bytes: [UInt8], _ body: (String) async throws -> Void
) async throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  try Data(bytes).write(to: file)
  try await body(file.path)
}

public import Foundation

/// A folder of its own for a test, which is removed with all that is in it.
///
/// ```swift
/// try withTemporaryFolder { folder in
///   let store = try Store(at: folder.path("store.db"))
/// }
/// ```
public struct TemporaryFolder: Sendable, Hashable {
  /// Where it is.
  public let url: URL

  /// The path of a file in it; folders before the name are made.
  ///
  /// - Throws: A ``FolderNameError`` for a name that leaves the folder; the system's error when a folder cannot be made.
  public func path(_ name: String) throws -> String {
    try FolderNameError.check(name)
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    return file.path
  }

  /// Writes a file into it, in place of any other.
  ///
  /// - Returns: The path of the file.
  /// - Throws: The system's error.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let path = try path(name)
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  fileprivate static func make() throws -> TemporaryFolder {
    // A name of its own for each, so that tests in parallel do not meet.
    let url = FileManager.default.temporaryDirectory.appending(path: "harness-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return TemporaryFolder(url: url)
  }

  fileprivate func remove() { try? FileManager.default.removeItem(at: url) }
}

/// A name leaves the folder that it is to lie in: it has a step `..`.
public struct FolderNameError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name.
  public let name: String

  /// The name, and what is wrong with it.
  public var description: String {
    "\"\(name)\" leaves the folder: a name in it has no \"..\""
  }

  static func check(_ name: String) throws(FolderNameError) {
    if name.split(separator: "/").contains("..") { throw FolderNameError(name: name) }
  }
}

/// Runs `body` with a folder of its own, and removes the folder at the end, also when `body` throws.
///
/// - Throws: The system's error when the folder cannot be made, or what `body` throws.
public func withTemporaryFolder<Result>(
  _ body: (TemporaryFolder) throws -> Result
) throws -> Result {
  let folder = try TemporaryFolder.make()
  defer { folder.remove() }
  return try body(folder)
}

/// Runs `body` with a folder of its own, and removes the folder at the end, also when `body` throws.
///
/// - Throws: The system's error when the folder cannot be made, or what `body` throws.
public func withTemporaryFolder<Result>(
  _ body: (TemporaryFolder) async throws -> Result
) async throws -> Result {
  let folder = try TemporaryFolder.make()
  defer { folder.remove() }
  return try await body(folder)
}

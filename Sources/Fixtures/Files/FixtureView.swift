public import Foundation
import HarnessReporting

/// A folder of fixtures that a test may change: what it changes is changed in a copy, and the fixtures stay as they are.
///
/// Nothing is copied until it is changed: a file that is only read is read where it lies. A program that needs a real folder
/// gets one from ``complete()``. A symbolic link among the fixtures is copied as a link, so that what is written through it
/// changes what it points to.
public struct FixtureView: Sendable {
  private let original: URL
  private let changed: TemporaryFolder
  private let removed: TemporaryFolder

  fileprivate init(original: URL, in folder: TemporaryFolder) throws {
    self.original = original
    changed = TemporaryFolder(url: folder.url.appending(path: "changed"))
    removed = TemporaryFolder(url: folder.url.appending(path: "removed"))
    for url in [changed.url, removed.url] {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
  }

  /// The path to read a file at: that of its copy where the test has changed it.
  ///
  /// - Throws: `CocoaError.fileNoSuchFile` when there is no such file, or the test has removed it; a
  ///   ``FolderNameError`` for a name that leaves the folder.
  public func path(_ name: String) throws -> String {
    try FolderNameError.check(name)
    let files = FileManager.default
    let copy = changed.url.appending(path: name).path
    if files.fileExists(atPath: copy) { return copy }
    let path = original.appending(path: name).path
    guard files.fileExists(atPath: path),
      !files.fileExists(atPath: removed.url.appending(path: name).path)
    else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name]) }
    return path
  }

  /// The bytes of a file as the test sees it.
  ///
  /// - Throws: As ``path(_:)``, or the system's error when it cannot be read.
  public func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  /// The path to change a file at: it is copied now, unless it was before.
  ///
  /// A file that is not there yet may be made there.
  ///
  /// - Throws: The system's error when it cannot be copied.
  public func path(changing name: String) throws -> String {
    let copy = try changed.path(name)
    let files = FileManager.default
    if !files.fileExists(atPath: copy), let path = try? path(name) {
      try files.copyItem(atPath: path, toPath: copy)
    }
    return copy
  }

  /// Writes a file, in place of any other.
  ///
  /// - Throws: The system's error.
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    try changed.write(bytes, to: name)
  }

  /// Removes a file from the view.
  ///
  /// - Throws: As ``path(_:)``, or the system's error.
  public func remove(_ name: String) throws {
    _ = try path(name)
    let copy = changed.url.appending(path: name)
    if FileManager.default.fileExists(atPath: copy.path) {
      try FileManager.default.removeItem(at: copy)
    }
    try removed.write([], to: name)
  }

  /// The files that the test sees, by their paths in the folder, sorted.
  public var names: [String] {
    let gone = Self.files(in: removed.url)
    let own = Self.files(in: changed.url)
    return Self.files(in: original).subtracting(gone).union(own).sorted()
  }

  private static func files(in folder: URL) -> Set<String> {
    let files = FileManager.default
    let names = files.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return Set(
      names.filter { name in
        var isFolder: ObjCBool = false
        let path = folder.appending(path: name).path
        return unsafe files.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      })
  }

  /// A real folder with all files as the test sees them, for a program that is given a folder.
  ///
  /// Every file is copied; what the program changes there, this view does not see.
  ///
  /// - Returns: The path of the folder, which is removed with the view.
  /// - Throws: The system's error when a file cannot be copied.
  public func complete() throws -> String {
    let folder = TemporaryFolder(
      url: changed.url.deletingLastPathComponent().appending(path: "complete-\(UUID().uuidString)"))
    for name in names {
      try FileManager.default.copyItem(atPath: path(name), toPath: folder.path(name))
    }
    return folder.url.path
  }
}

/// Runs `body` with a view of a folder of fixtures that it may change; the changes are gone at the end.
///
/// - Throws: The recorded failure when there is no such folder, the system's error, or what `body` throws.
public func withFixtureView<Result>(
  of folder: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: (FixtureView) throws -> Result
) throws -> Result {
  let original = try Fixture.url(
    folder, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
  return try withTemporaryFolder { try body(FixtureView(original: original, in: $0)) }
}

/// Runs `body` with a view of a folder of fixtures that it may change; the changes are gone at the end.
///
/// - Throws: The recorded failure when there is no such folder, the system's error, or what `body` throws.
public func withFixtureView<Result>(
  of folder: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: (FixtureView) async throws -> Result
) async throws -> Result {
  let original = try Fixture.url(
    folder, in: bundle, fileID: fileID, filePath: filePath, line: line, column: column)
  return try await withTemporaryFolder { try await body(FixtureView(original: original, in: $0)) }
}

public import Foundation
import HarnessLock
import HarnessReporting

/// A folder of fixtures that a test may change: what it changes is changed in a copy, and the fixtures stay as they are.
///
/// Nothing is copied until it is changed: a file that is only read is read where it lies. A program that needs a real folder
/// gets one from ``complete()``.
///
/// Symbolic links among the fixtures are followed when they are read, and what is copied is what they lead to, never a
/// link: nothing that is done to a copy reaches the fixtures. A link that leads nowhere, or to a folder that it lies in, is not
/// shown. A copy may be written also where the fixture may not.
///
/// Tasks may use a view at the same time: ``bytes(_:)`` and ``write(_:to:)`` are whole, one after the other. What is read or
/// written at a path is the test's own care.
public struct FixtureView: Sendable {
  private let original: String
  private let changed: TemporaryFolder
  // Held while files are copied and removed, so that two tasks do not copy one file at a time.
  private let overlay = Lock(FixtureOverlay())

  fileprivate init(original: URL, in folder: TemporaryFolder) throws {
    self.original = original.path
    changed = TemporaryFolder(url: folder.url.appending(path: "changed"))
    try FileManager.default.createDirectory(at: changed.url, withIntermediateDirectories: true)
  }

  /// The path to read a file or a folder at: that of its copy where the test has changed it.
  ///
  /// A folder in which something was changed is put together anew, as it is now; it does not follow later changes. Do not write
  /// to this path: ``path(changing:)`` is for that.
  ///
  /// - Throws: `CocoaError.fileNoSuchFile` when there is no such file, or the test has removed it; a
  ///   ``FolderNameError`` for a name that leaves the folder; the system's error when a folder cannot be put together.
  public func path(_ name: String) throws -> String {
    let name = try FixtureOverlay.normalised(name)
    return try overlay.withLock { try path(name, $0) }
  }

  /// The bytes of a file as the test sees it.
  ///
  /// - Throws: As ``path(_:)``, or the system's error when it cannot be read.
  public func bytes(_ name: String) throws -> [UInt8] {
    let name = try FixtureOverlay.normalised(name)
    return try overlay.withLock { [UInt8](try Data(contentsOf: URL(filePath: path(name, $0)))) }
  }

  /// The path to change a file or a folder at: it is copied now, unless it was before.
  ///
  /// A file that is not there yet may be made there. Of a folder everything is copied, and what is removed there is removed from
  /// the view.
  ///
  /// - Throws: A ``FixtureViewError`` where a folder of the name is a file; a ``FolderNameError`` for a name that leaves the
  ///   folder; the system's error when something cannot be copied.
  public func path(changing name: String) throws -> String {
    let name = try FixtureOverlay.normalised(name)
    return try overlay.withLock { overlay in
      try checkFolders(above: name, overlay)
      let copy = copyPath(name)
      switch kind(of: name, overlay) {
      case nil: _ = try changed.path(name)
      case .file:
        if FileKind(at: copy) == nil { try copyFile(originalPath(name), to: changed.path(name)) }
      case .folder: try fill(copy, with: name, overlay)
      }
      overlay.hide(name)
      return copy
    }
  }

  /// Writes a file, in place of any other.
  ///
  /// - Throws: A ``FixtureViewError`` where the view has a folder of this name, or a folder of the name is a file; a
  ///   ``FolderNameError`` for a name that leaves the folder; the system's error.
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let name = try FixtureOverlay.normalised(name)
    let data = Data(bytes)
    try overlay.withLock { overlay in
      if name.isEmpty || kind(of: name, overlay) == .folder {
        throw FixtureViewError(name: name, reason: "is a folder, which must be removed before")
      }
      try checkFolders(above: name, overlay)
      let path = try changed.path(name)
      // Also where the test has put a link there: what is written through it would change what it leads to.
      try? FileManager.default.removeItem(atPath: path)
      try data.write(to: URL(filePath: path))
      overlay.hide(name)
    }
  }

  /// Removes a file from the view, or a folder with all that is in it.
  ///
  /// - Throws: As ``path(_:)``, or the system's error.
  public func remove(_ name: String) throws {
    let name = try FixtureOverlay.normalised(name)
    try overlay.withLock { overlay in
      guard kind(of: name, overlay) != nil else {
        throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name])
      }
      let copy = copyPath(name)
      if FileKind(at: copy) != nil { try FileManager.default.removeItem(atPath: copy) }
      if name.isEmpty {
        try FileManager.default.createDirectory(at: changed.url, withIntermediateDirectories: true)
      }
      overlay.hide(name)
    }
  }

  /// The files that the test sees, by their paths in the folder, sorted.
  public var names: [String] {
    overlay.withLock { listing("", $0).files.sorted() }
  }

  /// A real folder with all files and folders as the test sees them, for a program that is given a folder.
  ///
  /// Every file is copied; what the program changes there, this view does not see.
  ///
  /// - Returns: The path of the folder, which is removed with the view.
  /// - Throws: A ``FixtureViewError`` when links make more of the folder than 200,000 files; the system's error when a file
  ///   cannot be copied.
  public func complete() throws -> String {
    try overlay.withLock { try assembled("", $0) }
  }
}

extension FixtureView {
  private func path(_ name: String, _ overlay: FixtureOverlay) throws -> String {
    guard let kind = kind(of: name, overlay) else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name])
    }
    let copy = copyPath(name)
    if kind == .file { return FileKind(at: copy) == .file ? copy : originalPath(name) }
    // Whatever was changed hides what it stands for.
    return try overlay.hidesSomething(in: name) ? assembled(name, overlay) : originalPath(name)
  }

  private func copyPath(_ name: String) -> String {
    name.isEmpty ? changed.url.path : changed.url.appending(path: name).path
  }

  private func originalPath(_ name: String) -> String {
    name.isEmpty ? original : "\(original)/\(name)"
  }

  /// What the test sees under a name; nil where that is nothing.
  private func kind(of name: String, _ overlay: FixtureOverlay) -> FileKind? {
    if let kind = FileKind(at: copyPath(name)) { return kind }
    return overlay.isHidden(name) || isInLoop(name) ? nil : FileKind(at: originalPath(name))
  }

  /// Whether a name leads through a folder twice.
  private func isInLoop(_ name: String) -> Bool {
    var seen: Set<String> = []
    return (FixtureOverlay.folders(above: name).reversed() + [name]).contains { step in
      FileKind(at: originalPath(step)) == .folder && !seen.insert(realPath(step)).inserted
    } || !name.isEmpty && seen.contains(realPath(""))
  }

  private func realPath(_ name: String) -> String {
    URL(filePath: originalPath(name)).resolvingSymlinksInPath().path
  }

  private func checkFolders(above name: String, _ overlay: FixtureOverlay) throws {
    for folder in FixtureOverlay.folders(above: name) where kind(of: folder, overlay) == .file {
      throw FixtureViewError(name: folder, reason: "is a file, and nothing can lie in it")
    }
  }

  /// What the test sees in a folder, by paths in the folder of the view.
  private func listing(
    _ folder: String, _ overlay: FixtureOverlay
  ) -> (files: Set<String>, folders: Set<String>, isCut: Bool) {
    func full(_ names: Set<String>) -> Set<String> {
      folder.isEmpty ? names : Set(names.map { "\(folder)/\($0)" })
    }
    let own = FolderListing(copyPath(folder))
    let outer = folder.isEmpty ? [] : FixtureOverlay.folders(above: folder) + [""]
    let fixtures = FolderListing(originalPath(folder), within: Set(outer.map(realPath)))
    return (
      full(own.files).union(full(fixtures.files).filter { !overlay.isHidden($0) }),
      full(own.folders).union(full(fixtures.folders).filter { !overlay.isHidden($0) }),
      own.isCut || fixtures.isCut
    )
  }

  /// A folder of its own with what the test sees in a folder of the view.
  private func assembled(_ name: String, _ overlay: FixtureOverlay) throws -> String {
    let place = changed.url.deletingLastPathComponent()
      .appending(path: "complete-\(UUID().uuidString)")
    let folder = name.isEmpty ? place : place.appending(path: name)
    try fill(folder.path, with: name, overlay)
    return folder.path
  }

  /// Copies what the test sees in a folder of the view to a path, but for what lies there.
  private func fill(_ path: String, with folder: String, _ overlay: FixtureOverlay) throws {
    let listing = listing(folder, overlay)
    if listing.isCut {
      throw FixtureViewError(
        name: folder, reason: "shows more than \(FolderListing.mostEntries) files and folders")
    }
    let files = FileManager.default
    try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    func target(_ name: String) -> String { path + name.dropFirst(folder.count).prefixedBySlash }
    for name in listing.folders.sorted() {
      try files.createDirectory(atPath: target(name), withIntermediateDirectories: true)
    }
    for name in listing.files where FileKind(at: target(name)) == nil {
      let copy = copyPath(name)
      try copyFile(FileKind(at: copy) == .file ? copy : originalPath(name), to: target(name))
    }
  }

  /// Copies what a path leads to, so that the copy may be written.
  private func copyFile(_ path: String, to copy: String) throws {
    let files = FileManager.default
    let real = URL(filePath: path).resolvingSymlinksInPath().path
    try files.copyItem(atPath: real, toPath: copy)
    let mode = try files.attributesOfItem(atPath: copy)[.posixPermissions] as? Int ?? 0o600
    if mode & 0o600 != 0o600 {
      try files.setAttributes([.posixPermissions: mode | 0o600], ofItemAtPath: copy)
    }
  }
}

extension Substring {
  fileprivate var prefixedBySlash: String { hasPrefix("/") ? String(self) : "/\(self)" }
}

/// A name of a view cannot be changed as it was to be.
public struct FixtureViewError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name; empty for the folder of the view.
  public let name: String
  /// What is wrong with it.
  public let reason: String

  /// The name, and what is wrong with it.
  public var description: String { "\"\(name)\" in the view of fixtures \(reason)" }
}

/// Runs `body` with a view of a folder of fixtures that it may change; the changes are gone at the end.
///
/// - Throws: The recorded failure when there is no such folder, or it is a file; the system's error, or what `body` throws.
public func withFixtureView<Result>(
  of folder: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: (FixtureView) throws -> Result
) throws -> Result {
  let original = try Fixture.folder(
    folder, in: bundle, at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  )
  return try withTemporaryFolder { try body(FixtureView(original: original, in: $0)) }
}

/// Runs `body` with a view of a folder of fixtures that it may change; the changes are gone at the end.
///
/// - Throws: The recorded failure when there is no such folder, or it is a file; the system's error, or what `body` throws.
public func withFixtureView<Result>(
  of folder: String, in bundle: Bundle? = nil, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: (FixtureView) async throws -> Result
) async throws -> Result {
  let original = try Fixture.folder(
    folder, in: bundle, at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  )
  return try await withTemporaryFolder { try await body(FixtureView(original: original, in: $0)) }
}

extension Fixture {
  fileprivate static func folder(
    _ name: String, in bundle: Bundle?, at site: CallSite
  ) throws -> URL {
    let url = try url(
      name, in: bundle, fileID: site.fileID, filePath: site.filePath, line: site.line,
      column: site.column)
    if FileKind(at: url.path) == .folder { return url }
    let message = """
      a view is of a folder, and "\(name)" is a file
        file    \(url.path)
        try     the folder that it lies in, or Fixture.path where it is only read
      """
    throw Reporter().error(recording: Failure(message, at: site))
  }
}

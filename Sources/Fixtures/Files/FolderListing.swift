import Foundation

/// What a folder shows to somebody who reads it: its files and folders, symbolic links followed.
///
/// A link to a file is a file, a link to a folder a folder. A link that leads nowhere is left out, and so is one that leads to
/// a folder that it lies in, which would have no end. What is neither a file nor a folder, such as a pipe or a socket, is
/// left out too.
struct FolderListing {
  /// The files, by their paths in the folder.
  private(set) var files: Set<String> = []
  /// The folders, by their paths in the folder; the folder itself is not among them.
  private(set) var folders: Set<String> = []
  /// Whether there is more than is listed: links to folders that hold links to folders multiply.
  private(set) var isCut = false

  static let mostEntries = 200_000

  /// Lists the folder at a path; nothing where there is none.
  ///
  /// `outer`: the folders that it lies in, links resolved.
  init(_ path: String, within outer: Set<String> = []) {
    list(path, as: "", within: outer)
  }

  private mutating func list(_ path: String, as name: String, within outer: Set<String>) {
    // The same folder by whatever name: links are resolved.
    let real = URL(filePath: path).resolvingSymlinksInPath().path
    guard !outer.contains(real) else { return }
    let inner = outer.union([real])
    if !name.isEmpty { folders.insert(name) }
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: real)) ?? [] {
      guard files.count + folders.count < Self.mostEntries else {
        isCut = true
        return
      }
      let entryName = name.isEmpty ? entry : "\(name)/\(entry)"
      switch FileKind(at: "\(real)/\(entry)") {
      case .file: files.insert(entryName)
      case .folder: list("\(real)/\(entry)", as: entryName, within: inner)
      case .none: break
      }
    }
  }
}

/// What lies at a path, links followed.
enum FileKind {
  case file
  case folder

  /// Nil where there is nothing, or something else, such as a pipe.
  init?(at path: String) {
    let real = URL(filePath: path).resolvingSymlinksInPath().path
    switch (try? FileManager.default.attributesOfItem(atPath: real))?[.type] as? FileAttributeType {
    case .typeRegular?: self = .file
    case .typeDirectory?: self = .folder
    default: return nil
    }
  }
}

import Foundation
import HarnessReporting

/// Where a golden file lies, and where its candidate does.
struct GoldenFile {
  let url: URL
  let candidate: URL

  init(url: URL, candidate: URL) {
    self.url = url
    self.candidate = candidate
  }

  var path: String { url.path }

  /// The path as a person wants to read it.
  var displayPath: String { Artifacts.displayPath(url) }

  /// A file `Goldens/<name>.<extension>` beside the test's source.
  init(_ name: GoldenName, fileExtension: String, at site: CallSite) {
    let source = site.filePath.description
    let file = "\(name.path).\(fileExtension)"
    url = URL(fileURLWithPath: source).deletingLastPathComponent()
      .appendingPathComponent("Goldens", isDirectory: true).appendingPathComponent(file)
    // The folders of the package again: two of them may have a file of the same name.
    candidate = Artifacts.directory(near: source)
      .appendingPathComponent("goldens", isDirectory: true)
      .appendingPathComponent(Self.folder(of: source), isDirectory: true)
      .appendingPathComponent(file)
  }

  /// The folder of a source below its package; the whole path where there is no package.
  private static func folder(of source: String) -> String {
    let folder = URL(fileURLWithPath: source).deletingLastPathComponent()
    var package = folder
    while package.path != "/" {
      let manifest = package.appendingPathComponent("Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { break }
      package.deleteLastPathComponent()
    }
    return folder.pathComponents.dropFirst(package.pathComponents.count).joined(separator: "/")
  }

  /// The bytes of the golden file, nil when there is none.
  func read() throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return Array(try Data(contentsOf: url))
  }

  /// Puts the bytes into the golden folder.
  func write(_ bytes: [UInt8]) throws {
    try Self.write(bytes, to: url)
  }

  /// Puts the bytes beside other evidence, for review.
  func writeCandidate(_ bytes: [UInt8]) throws {
    try Self.write(bytes, to: candidate)
  }

  /// Removes what an earlier run left for review.
  func removeCandidate() {
    try? FileManager.default.removeItem(at: candidate)
  }

  /// The shell command that makes the candidate the golden file.
  var acceptCommand: String {
    let folder = Self.quoted(Artifacts.displayPath(url.deletingLastPathComponent()))
    let file = Self.quoted(Artifacts.displayPath(url))
    return "mkdir -p \(folder) && cp \(Self.quoted(Artifacts.displayPath(candidate))) \(file)"
  }

  /// Writes a temporary file in the same folder and renames it, so that a reader sees all or nothing.
  private static func write(_ bytes: [UInt8], to url: URL) throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url, options: .atomic)
  }

  private static func quoted(_ path: String) -> String {
    let isPlain = path.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "/._-+,=@%".unicodeScalars.contains(scalar)
    }
    return isPlain ? path : "'" + path.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
  }
}

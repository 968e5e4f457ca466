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
  ///
  /// The candidate lies at the same path below the artifacts as the file below its package.
  ///
  /// - Throws: ``SourceFolder/Absence`` where the sources are not there.
  init(
    _ name: GoldenName, fileExtension: String, at site: CallSite, environment: [String: String]
  ) throws {
    let folder = try SourceFolder.locate(site.filePath.description, environment: environment)
    let file = "\(name.path).\(fileExtension)"
    url = folder.appendingPathComponent("Goldens", isDirectory: true).appendingPathComponent(file)
    let package = SourceFolder.package(of: folder)
    candidate = Artifacts.directory(near: folder.appendingPathComponent("x").path)
      .appendingPathComponent("goldens", isDirectory: true)
      .appendingPathComponent(
        folder.pathComponents.dropFirst(package.pathComponents.count).joined(separator: "/"),
        isDirectory: true
      )
      .appendingPathComponent("Goldens", isDirectory: true).appendingPathComponent(file)
  }

  /// What could not be done with a file, and why.
  struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ what: String, _ url: URL, _ error: any Error) {
      description =
        "the \(what): \(Artifacts.displayPath(url))\n  reason  \(error.localizedDescription)"
    }
  }

  /// The bytes of the golden file, nil when there is none.
  ///
  /// - Throws: ``Trouble``.
  func read() throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do {
      return Array(try Data(contentsOf: url))
    } catch {
      throw Trouble("golden file cannot be read", url, error)
    }
  }

  /// A file beside the golden one whose name differs by letter case alone; for a file that is missing.
  var namesake: String? {
    let folder = url.deletingLastPathComponent().path
    let name = url.lastPathComponent
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().first { $0 != name && $0.lowercased() == name.lowercased() }
  }

  /// Puts the bytes into the golden folder.
  ///
  /// - Throws: ``Trouble``.
  func write(_ bytes: [UInt8]) throws {
    do {
      // What a link leads to is written; the link stays one.
      try Self.write(bytes, to: url.resolvingSymlinksInPath())
    } catch {
      throw Trouble("golden file cannot be written", url, error)
    }
  }

  /// Puts the bytes beside other evidence, for review; what kept it from doing so is told, not thrown, for the
  /// difference is worth more.
  func writeCandidate(_ bytes: [UInt8]) -> String? {
    do {
      try Self.write(bytes, to: candidate)
      return nil
    } catch {
      return error.localizedDescription
    }
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

import Foundation
import HarnessLines

/// A candidate that a test left for review, and the golden file that it may become.
///
/// It lies at the same path below `goldens` in the artifacts as the golden file below its package.
struct PendingGolden: Equatable {
  /// The path of the golden file below the package.
  let path: String
  let candidate: URL
  let golden: URL

  var isNew: Bool { !FileManager.default.fileExists(atPath: golden.path) }

  /// The candidates of a package, in the order of their paths.
  static func all(in place: GoldenPlace) -> [PendingGolden] {
    let folder = place.artifacts.appendingPathComponent("goldens", isDirectory: true)
    return files(below: folder).map { path in
      PendingGolden(
        path: path, candidate: folder.appendingPathComponent(path),
        golden: place.package.appendingPathComponent(path))
    }
  }

  /// The lines in which the candidate differs from the golden file.
  func difference() throws -> String {
    let new = Array(try Data(contentsOf: candidate))
    let old = isNew ? [] : Array(try Data(contentsOf: golden))
    let difference = LineDifference(from: old, to: new)
    if difference.changes.isEmpty { return "  no line differs" }
    return difference.text(maximumLines: 2_000)
  }

  /// Puts the candidate in the place of the golden file, in one step.
  func accept() throws {
    try FileManager.default.createDirectory(
      at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(contentsOf: candidate).write(to: golden, options: .atomic)
    try reject()
  }

  /// Removes the candidate.
  func reject() throws {
    try FileManager.default.removeItem(at: candidate)
  }

  /// The paths of the files below a folder, hidden ones left out.
  static func files(below folder: URL) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { name in
      if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { return false }
      return isFile(folder.appendingPathComponent(name).path)
    }.sorted()
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    // Safe: the pointer is that of a variable on this stack.
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    return exists && !isDirectory.boolValue
  }
}

/// A package, and where its runs leave what they found.
struct GoldenPlace {
  let package: URL
  let artifacts: URL

  /// The package around a folder, with its artifacts where the environment says, or in `.harness`.
  init?(around folder: URL, environment: [String: String]) {
    var package = folder.standardizedFileURL
    let files = FileManager.default
    while !files.fileExists(atPath: package.appendingPathComponent("Package.swift").path) {
      guard package.path != "/" else { return nil }
      package.deleteLastPathComponent()
    }
    self.package = package
    let chosen = environment["HARNESS_ARTIFACTS"] ?? ""
    artifacts =
      chosen.isEmpty
      ? package.appendingPathComponent(".harness", isDirectory: true)
      : URL(fileURLWithPath: chosen, isDirectory: true)
  }

  /// The golden files of the package: what lies in folders `Goldens`, those of packages inside it left out.
  func goldenFiles() -> [String] {
    var found: [String] = []
    var folders = [""]
    let files = FileManager.default
    while let folder = folders.popLast() {
      let url = folder.isEmpty ? package : package.appendingPathComponent(folder)
      let isInside = !folder.isEmpty
      if isInside, files.fileExists(atPath: url.appendingPathComponent("Package.swift").path) {
        continue
      }
      if url.lastPathComponent == "Goldens", isInside {
        found += PendingGolden.files(below: url).map { "\(folder)/\($0)" }
        continue
      }
      for name in (try? files.contentsOfDirectory(atPath: url.path)) ?? []
      where !name.hasPrefix(".") && name != "node_modules" {
        var isDirectory: ObjCBool = false
        let path = url.appendingPathComponent(name).path
        // A link may lead in a circle.
        let isLink = (try? files.destinationOfSymbolicLink(atPath: path)) != nil
        if !isLink, unsafe files.fileExists(atPath: path, isDirectory: &isDirectory),
          isDirectory.boolValue
        {
          folders.append(isInside ? "\(folder)/\(name)" : name)
        }
      }
    }
    return found.sorted()
  }
}

import Foundation

/// Finds the folder of a test's source at run time, which need not be where it was compiled.
enum SourceFolder {
  /// The environment variable that says where sources went: `/build=/checkout`, several with `:` between them.
  static let variable = "HARNESS_SOURCE_MAP"

  /// A source that is in none of the places where it could be.
  struct Absence: Error, CustomStringConvertible {
    let source: String
    let tried: [String]

    var description: String {
      """
      the sources of the test are not here, so its golden files are not either
      \(tried.map { "  tried  \($0)" }.joined(separator: "\n"))
        try    \(variable)=<folder at compile time>=<folder now>, for example \
      \(variable)=\(URL(fileURLWithPath: source).deletingLastPathComponent().path)=/checkout
      """
    }
  }

  /// The folder of a source, by the first mapping whose folder exists, or else where it was compiled.
  static func locate(_ source: String, environment: [String: String]) throws(Absence) -> URL {
    var tried: [String] = []
    let mapped = mappings(environment[variable] ?? "").compactMap { old, new in
      source.hasPrefix(old + "/") ? new + source.dropFirst(old.count) : nil
    }
    for path in mapped + [source] {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      var isDirectory: ObjCBool = false
      if unsafe FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory),
        isDirectory.boolValue
      {
        return folder
      }
      tried.append(folder.path)
    }
    throw Absence(source: source, tried: tried)
  }

  private static func mappings(_ text: String) -> [(old: String, new: String)] {
    text.split(separator: ":").compactMap { pair in
      let sides = pair.split(separator: "=", maxSplits: 1).map { side in
        side.hasSuffix("/") && side.count > 1 ? String(side.dropLast()) : String(side)
      }
      return sides.count == 2 ? (sides[0], sides[1]) : nil
    }
  }

  /// The folder with the `Package.swift` above a folder; the root of the file system where there is none.
  static func package(of folder: URL) -> URL {
    var package = folder
    while package.path != "/" {
      let manifest = package.appendingPathComponent("Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { break }
      package.deleteLastPathComponent()
    }
    return package
  }
}

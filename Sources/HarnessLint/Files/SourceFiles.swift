#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The Swift sources under some paths, and what could not be looked at.
package struct SourceFiles {
  /// The paths, each as it was given and what was found under it, in the order of their names.
  package private(set) var paths: [String] = []
  /// What could not be looked at.
  package private(set) var problems: [PathProblem] = []

  /// Finds them: a file as it is given, and in a folder whatever ends in `.swift`.
  ///
  /// What is hidden, `.build` among it, and links inside a folder are passed over: a link leads to what is
  /// found elsewhere, or round in a circle.
  package init(under roots: [String]) {
    for root in roots {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder) else {
        problems.append(PathProblem(path: root, reason: "there is no such file or folder"))
        continue
      }
      let before = (paths.count, problems.count)
      if isFolder { search(root) } else { paths.append(root) }
      if (paths.count, problems.count) == before {
        problems.append(PathProblem(path: root, reason: "there is no Swift source in it"))
      }
    }
    var seen: Set<String> = []
    paths.removeAll { !seen.insert($0).inserted }
  }

  private mutating func search(_ root: String) {
    var folders = [root]
    while let folder = folders.popLast() {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder)
      } catch {
        problems.append(PathProblem(path: folder, reason: "it cannot be read"))
        continue
      }
      var inner: [String] = []
      for name in names.sorted() where !name.hasPrefix(".") {
        let path = Self.path(name, in: folder)
        switch Self.kind(of: path) {
        case .typeDirectory: inner.append(path)
        case .typeRegular where name.hasSuffix(".swift"): paths.append(path)
        default: break
        }
      }
      folders += inner.reversed()
    }
  }

  /// A path in a folder; without `./` before it, so that it reads as the compiler writes it.
  private static func path(_ name: String, in folder: String) -> String {
    if folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private static func kind(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }

  /// How large a source may be: 8 MiB, which take seconds; what is larger was not written by hand.
  private static let largest = 8 << 20

  /// The bytes of a source.
  static func bytes(of path: String) throws(PathProblem) -> [UInt8] {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let values = try? FileManager.default.attributesOfItem(atPath: file)
    guard values?[.type] as? FileAttributeType == .typeRegular else {
      // A pipe would be read for ever.
      throw PathProblem(path: path, reason: "it is no regular file")
    }
    // Attributes give the size in a type that depends on what else is linked.
    var facts = stat()
    guard unsafe stat(file, &facts) == 0 else {
      throw PathProblem(path: path, reason: "it cannot be read")
    }
    guard facts.st_size <= largest else {
      throw PathProblem(path: path, reason: "it is larger than \(largest >> 20) MiB")
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw PathProblem(path: path, reason: "it cannot be read")
    }
    return [UInt8](data)
  }
}

/// A path that could not be looked at.
package struct PathProblem: Error, Sendable, Equatable {
  /// The path.
  package var path: String
  /// Why it could not be looked at.
  package var reason: String
}

/// Walks along a path as the system does, one name in one folder at a time, through symbolic links.
///
/// Each step is a folder and a name whose entry decides what the path leads to: when all of them are
/// watched, nothing can take the place of what lies at the path unseen.
struct PathSteps {
  /// What is found under a name in a folder.
  enum Entry: Equatable {
    case missing
    case folder
    case link(to: String)
    case other
  }

  /// Where the walk ended.
  struct End: Equatable {
    /// The last folder that was entered.
    let folder: String
    /// What was looked up in it; nil when the path is that of the folder itself.
    let name: String?
    /// What the path leads to, by a path without links; nil when there is nothing.
    let target: String?
  }

  /// As many links as Linux follows in one path before it takes them for a circle.
  static let mostLinks = 40

  /// Walks along an absolute path; `visit` is told each step in its order, and says what is there.
  static func walk(_ path: String, visit: (_ folder: String, _ name: String) -> Entry) -> End {
    var folder = "/"
    var left = names(in: path)
    var links = 0
    while let name = left.popLast() {
      if name == ".." {
        folder = parent(of: folder)
        continue
      }
      switch visit(folder, name) {
      case .missing: return End(folder: folder, name: name, target: nil)
      case .other:
        let target = left.isEmpty ? join(folder, name) : nil
        return End(folder: folder, name: name, target: target)
      case .folder: folder = join(folder, name)
      case .link(let text):
        links += 1
        if links > mostLinks { return End(folder: folder, name: name, target: nil) }
        if text.hasPrefix("/") { folder = "/" }
        left += names(in: text)
      }
    }
    return End(folder: folder, name: nil, target: folder)
  }

  /// The names in a path, the last one first.
  private static func names(in path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }

  private static func parent(of folder: String) -> String {
    let end = folder.lastIndex(of: "/") ?? folder.startIndex
    return end == folder.startIndex ? "/" : String(folder[..<end])
  }
}

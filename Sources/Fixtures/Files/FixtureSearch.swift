/// Where a fixture may lie, in the order in which the places are tried.
///
/// It only reckons with paths and touches no file, so its tests need none.
struct FixtureSearch {
  /// The name of the folder that holds a package's fixtures.
  static let folder = "testdata"
  /// The variable that names a folder of fixtures to look in first.
  static let variable = "HARNESS_FIXTURES"

  /// The name of the fixture, a path below the folder.
  let name: String
  /// The folders to look in.
  let folders: [String]

  private let hasBundle: Bool

  /// The search for a fixture from a source file: the folder of the variable, where it is set, then the
  /// resources of the bundle, where there is one, then the folders named `testdata` beside the file and above
  /// it.
  init(
    _ name: String, from file: String, bundle: String? = nil, environment: [String: String]
  ) {
    hasBundle = bundle != nil
    self.name = name
    var folders: [String] = []
    if let folder = environment[Self.variable], !folder.isEmpty { folders.append(folder) }
    if let bundle { folders += ["\(bundle)/\(Self.folder)", bundle] }
    var steps = file.split(separator: "/").dropLast()
    let root = file.hasPrefix("/") ? "/" : ""
    while true {
      folders.append(root + (steps + [Substring(Self.folder)]).joined(separator: "/"))
      if steps.popLast() == nil { break }
    }
    self.folders = folders
  }

  /// The paths to try.
  ///
  /// None for a name that leads out of the folder: what it finds would depend on where the folder lies.
  var paths: [String] {
    guard !leavesFolder else { return [] }
    return folders.map { "\($0)/\(name)" }
  }

  private var leavesFolder: Bool { name.split(separator: "/").contains("..") }

  /// Why the fixture was not found, with what was tried and what there is instead.
  ///
  /// - Parameter contents: Gives the names in a folder; nil where there is no such folder.
  /// - Returns: The lines of the message.
  func failure(contents: (String) -> [String]?) -> String {
    var lines = ["there is no fixture \"\(name)\""]
    guard !leavesFolder else {
      lines.append("  why     a fixture lies below \(Self.folder), so its name has no \"..\"")
      return lines.joined(separator: "\n")
    }
    // Most of the places are folders above the package, which never existed.
    let existing = folders.filter { contents($0) != nil }
    if existing.isEmpty {
      lines.append("  tried   no folder \(Self.folder) beside the test's file or above it")
    }
    for folder in existing { lines.append("  tried   \(folder)/\(name)") }
    let subfolder = name.split(separator: "/").dropLast().joined(separator: "/")
    for folder in existing {
      let place = subfolder.isEmpty ? folder : "\(folder)/\(subfolder)"
      guard let names = contents(place) else { continue }
      lines.append("  there   \(Self.listed(names.sorted())), in \(place)")
      break
    }
    lines.append(
      hasBundle
        ? "  try     adding it to the `resources` of the target in Package.swift: .copy(\"\(Self.folder)\")"
        : "  try     putting it into \(Self.folder) of the package, or setting \(Self.variable) to its folder"
    )
    return lines.joined(separator: "\n")
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
    if names.isEmpty { return "nothing" }
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

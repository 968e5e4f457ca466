/// Decides where a name of a view is read: in its changes, or among the fixtures.
///
/// It knows names alone and touches no file. Names have no empty steps and no `.` or `..`; the empty one is the folder itself.
struct FixtureOverlay {
  /// The names below which nothing of the fixtures is shown any more: removed ones, and those that were copied.
  private var hidden: Set<String> = []

  /// A name in this form.
  ///
  /// - Throws: A ``FolderNameError`` where it leaves the folder.
  static func normalised(_ name: String) throws(FolderNameError) -> String {
    try FolderNameError.check(name)
    return name.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  /// The folders that a name lies in, the nearest first, without the folder of the view.
  static func folders(above name: String) -> [String] {
    var steps = name.split(separator: "/").dropLast()
    var folders: [String] = []
    while !steps.isEmpty {
      folders.append(steps.joined(separator: "/"))
      steps.removeLast()
    }
    return folders
  }

  /// Shows nothing more of the fixtures at this name and below it.
  mutating func hide(_ name: String) { hidden.insert(name) }

  /// Whether the fixture of this name is not shown.
  func isHidden(_ name: String) -> Bool {
    if hidden.isEmpty { return false }
    return hidden.contains(name) || hidden.contains("")
      || Self.folders(above: name).contains(where: hidden.contains)
  }

  /// Whether something in the folder of this name is not shown.
  func hidesSomething(in folder: String) -> Bool {
    isHidden(folder) || hidden.contains { folder.isEmpty || $0.hasPrefix("\(folder)/") }
  }
}

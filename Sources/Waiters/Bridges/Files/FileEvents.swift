/// Tells of what happens in folders: a hint that somebody should look again, never what there is.
///
/// A subscription is given up with its last reference.
final class FileEvents: Sendable {
  private let source: FileEventSource
  private let subscriber: Int

  /// Subscribes; `hint` is called on another thread, and must be short.
  init(_ hint: @escaping @Sendable () -> Void) {
    source = .shared
    subscriber = source.subscribe(hint)
  }

  deinit {
    source.unsubscribe(subscriber)
  }

  /// Watches everything that decides what an absolute path leads to, as far as it is there now.
  ///
  /// Each folder is watched before its entry is looked at. So what comes after this is heard of, and what
  /// came before is found by who looks next. What is watched already stays so.
  ///
  /// - Returns: Where the path leads to, and why something could not be watched, if so.
  func watch(_ path: String) -> (end: PathSteps.End, problem: String?) {
    var problem: String?
    func watch(_ path: String, name: String?) {
      if let found = source.watch(path, name: name, for: subscriber) { problem = problem ?? found }
    }
    let end = PathSteps.walk(path) { folder, name in
      watch(folder, name: name)
      return PathSteps.Entry(at: PathSteps.join(folder, name))
    }
    // Itself too: a file may be written by another of its names, and the entries of a folder count.
    if let target = end.target { watch(target, name: nil) }
    return (end, problem)
  }
}

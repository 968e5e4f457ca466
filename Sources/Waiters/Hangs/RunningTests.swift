import HarnessLock

/// The tests with a limit that run now in this process.
enum RunningTests {
  private static let scopes = Lock<[ObjectIdentifier: HangScope]>([:])

  static func add(_ scope: HangScope) {
    scopes.withLock { $0[ObjectIdentifier(scope)] = scope }
  }

  static func remove(_ scope: HangScope) {
    _ = scopes.withLock { $0.removeValue(forKey: ObjectIdentifier(scope)) }
  }

  /// The names of the others, those that have run longest first; a test may have several limits.
  static func names(except name: String) -> [String] {
    var seen: Set<String> = [name]
    return scopes.withLock { Array($0.values) }.sorted { $0.start < $1.start }.map(\.name)
      .filter { seen.insert($0).inserted }
  }
}

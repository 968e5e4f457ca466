import HarnessLock
import HarnessReporting

/// Which line of which test speaks for a golden file in this process.
///
/// Two lines with one file would overwrite each other's golden in an update, and a change in one would
/// fail the other.
enum GoldenClaims {
  private static let owners = Lock<[String: String]>([:])
  /// The files that this process has written.
  ///
  /// The lock is held while one is compared and written: the cases of a parameterised test run at once,
  /// and share a line.
  private static let written = Lock<Set<String>>([])

  /// Claims a file for a line; the answer is the other line that has claimed it, if any.
  static func claim(_ path: String, for site: CallSite) -> String? {
    let place = "\(site.fileID):\(site.line):\(site.column)"
    return owners.withLock { owners in
      guard let owner = owners[path] else {
        owners[path] = place
        return nil
      }
      return owner == place ? nil : owner
    }
  }

  /// Runs one update after another; the closure knows what was written before.
  static func update(
    _ body: (inout Set<String>) throws -> GoldenOutcome
  ) rethrows -> GoldenOutcome {
    try written.withLock(body)
  }
}

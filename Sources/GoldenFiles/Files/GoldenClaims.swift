import HarnessLock
import HarnessReporting

/// Which line of which test speaks for a golden file in this process.
///
/// Two tests with one file would overwrite each other's golden in an update, and a change in one would
/// fail the other.
enum GoldenClaims {
  /// A line of a test, and the file it speaks for.
  struct Claim: Equatable {
    let path: String
    let place: String
    /// The test as `swift test list` writes it; nil in XCTest, which tells nothing of it.
    let test: String?
  }

  /// By the path in lower case: a file system may take two such names for one.
  private static let owners = Lock<[String: Claim]>([:])
  /// The files that this process has written.
  ///
  /// The lock is held while one is compared and written: the cases of a parameterised test run at once,
  /// and share a line.
  private static let written = Lock<Set<String>>([])

  /// Claims a file; the answer is another claim to it, if any.
  static func claim(_ path: String, for site: CallSite, test: RunningTest?) -> Claim? {
    let claim = Claim(
      path: path, place: "\(site.fileID):\(site.line):\(site.column)", test: test?.specifier)
    return owners.withLock { owners in
      guard let owner = owners[path.lowercased()] else {
        owners[path.lowercased()] = claim
        return nil
      }
      return owner == claim ? nil : owner
    }
  }

  /// Runs one update after another; the closure knows what was written before.
  static func update<R>(_ body: (inout Set<String>) throws -> R) rethrows -> R {
    try written.withLock(body)
  }
}

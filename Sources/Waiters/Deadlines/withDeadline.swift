import HarnessReporting

/// Gives every wait in `body` the same deadline: `duration` from now.
///
/// Scopes nest, and the tightest one wins, whichever is the inner one; a failure names the scope that set
/// the deadline. Outside of every scope a wait has 10 seconds. The environment variable
/// `HARNESS_TIME_SCALE` multiplies all of them, for machines that are slow.
///
/// `name` is what failures call the scope. The scope bounds waits; it does not cancel `body`.
///
/// A `body` whose only `try` stands inside of `#expect(…)` does not compile, as the compiler does not look there to
/// find out that it throws. Take the value out first, which also shows it when the expectation fails.
@discardableResult
public func withDeadline<R>(
  _ duration: Duration, _ name: String = "", fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ body: () async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let own = Deadline(duration, origin: .scope(name: name, site: site))
  return try await withWaitContext(deadline: own, body)
}

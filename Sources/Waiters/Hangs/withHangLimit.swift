import HarnessReporting

/// Ends a test that does not end by itself: the form for XCTest.
///
/// At the limit the harness writes to standard error what waits in the test and what the threads do, fails
/// the test, and cancels its task. If it does not end within 5 s, or at once where the cooperative pool is
/// blocked and no task could react, the process ends with status 86 after a last line `hang: <test>`.
/// `HARNESS_TIME_SCALE` multiplies both times. In Swift Testing the trait `.hangLimit(_:)` does the same.
///
/// ```swift
/// func testUpload() async throws {
///   try await withHangLimit(.seconds(30)) { … }
/// }
/// ```
///
/// `name` is what the report calls the test. The report names the other tests that run at the time, of those that
/// have a limit.
///
/// - Throws: What `body` throws; once the limit has passed, the error of the recorded failure.
@discardableResult
public func withHangLimit<R>(
  _ limit: Duration, _ name: String = #function, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ body: () async throws -> R
) async throws -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let scope = HangScope(name: name, limit: limit, site: site)
  return try await withWaitContext(deadline: nil) { try await scope.run(body) }
}

/// Ends a test that is not asynchronous and does not end by itself.
///
/// A thread cannot be cancelled, so the test fails at the limit, and the process ends 5 s later, unless the
/// test has ended. All tests of a class have a limit by
///
/// ```swift
/// override func invokeTest() {
///   withHangLimit(.seconds(30), name) { super.invokeTest() }
/// }
/// ```
///
/// which bounds the asynchronous ones as well, without cancelling their tasks.
///
/// - Throws: What `body` throws.
@discardableResult
public func withHangLimit<R>(
  _ limit: Duration, _ name: String = #function, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ body: () throws -> R
) rethrows -> R {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  return try HangScope(name: name, limit: limit, site: site).run(body)
}

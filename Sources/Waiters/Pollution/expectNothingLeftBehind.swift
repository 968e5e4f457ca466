import HarnessReporting

/// Runs `body`, and fails the test where it leaves something behind in the process: open descriptors,
/// threads, tasks in waits, environment variables, another working directory, temporary files.
///
/// ```swift
/// try await expectNothingLeftBehind {
///   try await withServer { … }
/// }
/// ```
///
/// For XCTest; in Swift Testing the trait `.leavesNothingBehind()`, a ``LeavesNothingBehindTrait``,
/// says the same of a test or a suite. Name kinds to look for these alone. What the runtime and
/// the harness keep for themselves does not count. What is there after `body` has half a second to go by
/// itself, and only then costs the test that time.
///
/// The check sees the whole process, so it knows whose something is only while one test runs at a time. XCTest
/// runs them so, Swift Testing with `--no-parallel`. Where others are seen to be at work at the same time,
/// the findings are a warning that names them, and fail nothing.
///
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; it is looked all the same.
@discardableResult
public func expectNothingLeftBehind<R>(
  _ kinds: PollutionKind..., fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: () async throws -> R
) async rethrows -> R {
  let check = PollutionCheck(
    kinds, at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  do {
    let result = try await PollutionCheck.$scopes.withValue(
      PollutionCheck.scopes + [check.scope], operation: body)
    await check.finish()
    return result
  } catch {
    await check.finish()
    throw error
  }
}

/// Runs synchronous code, and fails the test where it leaves something behind in the process.
///
/// It blocks the thread while something is left, for half a second at most. All tests of a class are checked
/// by one override:
///
/// ```swift
/// override func invokeTest() {
///   expectNothingLeftBehind { super.invokeTest() }
/// }
/// ```
///
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; it is looked all the same.
@discardableResult
public func expectNothingLeftBehind<R>(
  _ kinds: PollutionKind..., fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ body: () throws -> R
) rethrows -> R {
  let check = PollutionCheck(
    kinds, at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  defer { check.finishBlocking() }
  return try PollutionCheck.$scopes.withValue(
    PollutionCheck.scopes + [check.scope], operation: body)
}

import HarnessReporting
public import Testing

/// Ends a test that does not end by itself.
///
/// `withHangLimit` says what happens at the limit. On a suite it holds for each of its tests, and for those of the suites inside.
public struct HangLimitTrait: TestTrait, SuiteTrait, TestScoping {
  let limit: Duration
  let site: CallSite

  /// Each test of a suite has the limit to itself.
  public var isRecursive: Bool { true }

  /// Runs a test under the limit.
  public func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let scope = HangScope(name: RunningTest.path(of: test), limit: limit, site: site)
    try await withWaitContext(deadline: nil) { try await scope.run(function) }
  }
}

extension Trait where Self == HangLimitTrait {
  /// Ends the test, or each test of the suite, that does not end within the limit, and says what hangs.
  ///
  /// Swift Testing's own `.timeLimit` has a granularity of a minute, cannot end a test that blocks or waits
  /// for a continuation that nobody resumes, and does not say what it waits for.
  public static func hangLimit(
    _ limit: Duration, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) -> Self {
    Self(
      limit: limit,
      site: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}

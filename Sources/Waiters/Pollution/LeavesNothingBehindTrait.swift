import HarnessReporting
public import Testing

/// Fails a test that leaves something behind in the process; made by `.leavesNothingBehind()`.
public struct LeavesNothingBehindTrait: TestTrait, SuiteTrait, TestScoping {
  let kinds: [PollutionKind]
  let site: CallSite

  /// A suite hands it on to its tests: each of them is checked by itself.
  public var isRecursive: Bool { true }

  /// Checks each run of a test, with one argument where it has several; nil for the test as a whole.
  public func scopeProvider(for test: Test, testCase: Test.Case?) -> LeavesNothingBehindTrait? {
    testCase == nil ? nil : self
  }

  /// Looks before the test and after it.
  @concurrent public func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    let check = PollutionCheck(kinds, at: site)
    do {
      try await PollutionCheck.$scopes.withValue(PollutionCheck.scopes + [check.scope]) {
        try await function()
      }
      await check.finish()
    } catch {
      await check.finish()
      throw error
    }
  }
}

extension Trait where Self == LeavesNothingBehindTrait {
  /// Fails a test, or each test of a suite, that leaves something behind in the process: open descriptors,
  /// threads, tasks in waits, environment variables, another working directory, temporary files.
  ///
  /// ```swift
  /// @Suite(.leavesNothingBehind()) struct `The connection pool` { … }
  /// @Test(.leavesNothingBehind(.descriptors)) func `a client that hangs up`() async throws { … }
  /// ```
  ///
  /// The failure is shown under the test, at this line. Name kinds to look for these alone. The check sees the
  /// whole process, so run such tests with `swift test --no-parallel`. Where tests run at once and others
  /// are seen to be at work, it warns and names them; where none is seen, it fails and says that there may be
  /// some. What other traits of the test make belongs to it where they stand behind this one.
  public static func leavesNothingBehind(
    _ kinds: PollutionKind..., fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) -> LeavesNothingBehindTrait {
    LeavesNothingBehindTrait(
      kinds: kinds,
      site: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}

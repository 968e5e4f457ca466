import HarnessLock
import HarnessReporting

/// Runs a scenario in virtual time under one seed after another, and stops at the first that fails.
///
/// ```swift
/// try await exploreInterleavings(seeds: 0..<1000) { _ in
///   let account = Account(balance: 100)
///   await withTaskGroup { group in
///     for _ in 0..<2 { group.addTask { await account.withdraw(60) } }
///   }
///   #expect(await account.balance >= 0)
/// }
/// ```
///
/// Each seed is a schedule of its own: which of the tasks that can run goes on at each point. The scenario
/// starts anew for each, so it makes all that it uses itself. It fails by throwing, by a deadlock, and by a
/// failure that it records. The failure names the seed and the call that replays it, step for step.
///
/// In Swift Testing the seed stands below the failed expectation. XCTest's assertions cannot be added to, so
/// the seed is a failure of its own there.
///
/// `seeds` are taken in their order; a thousand of a small scenario take less than a second. A cancelled
/// task explores no further.
///
/// - Throws: After a failure where `seeds` has none. What the scenario throws under the first seed that fails, once it is recorded.
public func exploreInterleavings(
  seeds: some Sequence<UInt64> & Sendable, fileID: StaticString = #fileID,
  filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
  _ scenario: @escaping @Sendable @concurrent (VirtualClock) async throws -> Void
) async throws {
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  let reporter = Reporter()
  var passed = 0
  for seed in seeds {
    try Task.checkCancellation()
    let failing = FailingSeed(seed: seed, passed: passed)
    let thrown = Lock<(any Error)?>(nil)
    let (count, isNoteAdded) = await withFailureWatch(note: failing.note) {
      do {
        try await virtualTime(seed: seed, at: site, scenario)
      } catch {
        thrown.withLock { $0 = error }
      }
    }
    let error = thrown.withLock { $0 }
    if count > 0 {
      if !isNoteAdded { reporter.record(Failure(failing.note, at: site)) }
      if let error { throw error }
      return
    }
    if let error {
      if error is CancellationError, Task.isCancelled { throw error }
      throw await reporter.error(recording: Failure(failing.text(for: error), at: site))
    }
    passed += 1
  }
  guard passed == 0 else { return }
  var lines = ReportLines()
  lines.add("Nothing was explored: there is no seed in `seeds`")
  lines.add("try", "name some, such as 0..<1000")
  throw await reporter.error(recording: Failure(lines.text, at: site))
}

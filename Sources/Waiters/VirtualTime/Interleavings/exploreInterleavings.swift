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
/// failure that it records. The failure names the seed and the call that replays it, step for step. Where another
/// thread took part, such as that of an actor with an executor of its own, it says that a replay may differ.
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
    let scheduler = Lock<VirtualScheduler?>(nil)
    let isDisturbed: @Sendable () -> Bool = { scheduler.withLock { $0 }?.isDisturbed ?? false }
    let watched = await withFailureWatch {
      failing.note(isDisturbed: isDisturbed())
    } _: {
      do {
        try await virtualTime(seed: seed, at: site) { clock in
          scheduler.withLock { $0 = clock.scheduler }
          try await scenario(clock)
        }
      } catch {
        thrown.withLock { $0 = error }
      }
    }
    let error = thrown.withLock { $0 }
    if let note = watched.note {
      if !watched.isNoteAdded { reporter.record(Failure(note, at: site)) }
      if let error { throw error }
      return
    }
    if let error {
      if error is CancellationError, Task.isCancelled { throw error }
      let text = failing.text(for: error, isDisturbed: isDisturbed())
      throw await reporter.error(recording: Failure(text, at: site))
    }
    passed += 1
  }
  guard passed == 0 else { return }
  var lines = ReportLines()
  lines.add("Nothing was explored: there is no seed in `seeds`")
  lines.add("try", "name some, such as 0..<1000")
  throw await reporter.error(recording: Failure(lines.text, at: site))
}

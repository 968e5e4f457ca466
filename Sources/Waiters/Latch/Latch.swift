import HarnessReporting

/// Opens once it has been counted down to zero, and stays open: for a number of things that must all have
/// happened.
///
/// ```swift
/// let stored = Latch("rows stored", count: rows.count)
/// store.onRow = { _ in stored.countDown() }
/// try await stored.opened()
/// ```
///
/// Make it in the test's body, so that its failures are shown under the test.
public final class Latch: Sendable {
  let channel: Channel<LatchState>

  /// Makes a latch that opens after `count` calls of ``countDown()``; one of zero is open.
  ///
  /// `name` is what failures call it.
  public init(_ name: String, count: Int) {
    channel = Channel("Latch", name, LatchState(count: count))
  }

  /// Counts down by one: from any thread, without waiting.
  ///
  /// An open latch stays as it is.
  public func countDown() {
    channel.point.update { $0.countDown() }
  }

  /// Waits until the latch is open.
  ///
  /// When the deadline passes or the task is cancelled, the test fails at the caller's line, and the wait
  /// throws.
  public func opened(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    try await channel.value(
      of: .init(), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits until the latch is open; hands back what came of it, and fails nothing.
  public func outcomeOfOpened(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<Void> {
    await channel.outcome(
      of: .init(), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}

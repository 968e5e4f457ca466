import HarnessReporting

/// A point at which a number of tasks wait for one another, to go on at the same time.
///
/// ```swift
/// let start = Barrier("both clients are ready", parties: 2)
/// async let first = client("a", after: start)
/// async let second = client("b", after: start)   // each calls `try await start.arrive()`
/// ```
///
/// It serves round after round. Make it in the test's body, so that its failures are shown under the test.
public final class Barrier: Sendable {
  let channel: Channel<BarrierState>

  /// Makes a barrier for so many tasks, at least one; `name` is what failures call it.
  public init(_ name: String, parties: Int) {
    channel = Channel("Barrier", name, BarrierState(parties: parties))
  }

  /// Comes to the barrier, and waits until all parties have come.
  ///
  /// A party whose deadline passes or whose task is cancelled fails the test at the caller's line and
  /// throws; it then no longer counts as having come, and the barrier can be used on.
  public func arrive(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    try await channel.value(of: .init(site: site), within: duration, at: site)
  }

  /// Comes to the barrier; hands back what came of it, and fails nothing.
  public func outcomeOfArrival(
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<Void> {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    return await channel.outcome(of: .init(site: site), within: duration, at: site)
  }
}

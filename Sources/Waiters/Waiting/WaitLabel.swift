import HarnessReporting

/// What the table of waits keeps of each wait.
struct WaitLabel: Sendable {
  /// When it began.
  let start: ContinuousClock.Instant
  /// The line that waits.
  let site: CallSite
  /// The scope that it belongs to, which is told of what comes too late.
  let scope: WaitScope?
}

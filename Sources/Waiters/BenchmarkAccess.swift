import HarnessReporting

// What `Benchmarks`, a package of its own, measures beside what users call. It is no part of the API.

/// A deadline on the watchdog.
@_spi(Benchmarks) public struct DeadlineTimer: Sendable {
  private let timer: Watchdog.Timer

  /// Arms a deadline that does nothing.
  public init(after duration: Duration) {
    timer = Watchdog.arm(at: .now + duration) {}
  }

  /// Disarms it.
  public func disarm() { timer.disarm() }
}

extension Signal {
  /// How many tasks wait for the signal.
  @_spi(Benchmarks) public var waitCount: Int { channel.point.openWaits(atMost: 0)?.count ?? 0 }
}

extension Mailbox {
  /// A wait whose missed deadline the watchdog tells where its task has no thread, as that of a plain verb,
  /// and that fails no test.
  @_spi(Benchmarks) public func outcomeThatIsTold(within duration: Duration) async -> WaitReport? {
    await channel.outcome(of: .next, within: duration, at: CallSite(), isToldOf: true).report
  }
}

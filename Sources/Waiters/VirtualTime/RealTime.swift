import CHarnessConcurrency

extension ContinuousClock.Instant {
  /// Now, in real time.
  ///
  /// Inside `withVirtualTime`, `ContinuousClock.now` is virtual too. The harness's own bounds must not
  /// depend on what they bound, so they ask for this.
  package static var realNow: ContinuousClock.Instant {
    RealTime.read { ContinuousClock.now }
  }
}

enum RealTime {
  /// Reads a clock past virtual time.
  static func read<R>(_ body: () -> R) -> R {
    let before = charness_thread_set_bypass(1)
    defer { _ = charness_thread_set_bypass(before) }
    return body()
  }
}

extension RealTime {
  /// What the continuous and the suspending clock of Swift show, since the zero of each.
  static func sinceZero() -> (continuous: Duration, suspending: Duration) {
    (sinceZero(ofClock: 1), sinceZero(ofClock: 2))
  }

  private static func sinceZero(ofClock clock: Int32) -> Duration {
    var (seconds, nanoseconds): (Int64, Int64) = (0, 0)
    unsafe charness_clock_read(clock, &seconds, &nanoseconds)
    return .seconds(seconds) + .nanoseconds(nanoseconds)
  }
}

extension Duration {
  /// The next whole number of milliseconds.
  ///
  /// A sleep on a real clock names an instant, in which the time is lost that has passed since the clock
  /// was read. What was asked for is mostly a whole number of milliseconds.
  var roundedUpToMilliseconds: Duration {
    let step = Duration.milliseconds(1)
    return self <= .zero ? .zero : step * ((inNanoseconds - 1) / 1_000_000 + 1)
  }

  /// Whole nanoseconds; as many as fit for durations over 292 years.
  var inNanoseconds: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000)
  }
}

import HarnessLock

/// Keeps a sample of the load from the time at which waits begin, without a measurement for each.
enum LoadGauge {
  private static let newest = Lock<LoadSample?>(nil)

  /// A sample for the beginning of a wait: of the last tenth of a second.
  static func start(at now: ContinuousClock.Instant) -> LoadSample {
    sample(at: now, age: .milliseconds(100))
  }

  /// A sample for the end of a wait; waits that expire together share it.
  static func end(at now: ContinuousClock.Instant) -> LoadSample {
    sample(at: now, age: .milliseconds(2))
  }

  private static func sample(at now: ContinuousClock.Instant, age: Duration) -> LoadSample {
    let kept = newest.withLock { sample in
      sample.flatMap { $0.instant.duration(to: now) < age ? $0 : nil }
    }
    if let kept { return kept }
    let sample = LoadSample.take(at: now)
    newest.withLock { $0 = sample }
    return sample
  }
}

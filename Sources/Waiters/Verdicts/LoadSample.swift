#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the process had got of the machine up to one moment; waits that begin together share it.
final class LoadSample: Sendable {
  let instant: ContinuousClock.Instant
  /// For how long its threads had run, all together.
  let ran: Duration
  /// For how long its threads had been ready to run and waited for a core, all together; nil where the
  /// system does not tell.
  let delayed: Duration?

  private init(instant: ContinuousClock.Instant, ran: Duration, delayed: Duration?) {
    self.instant = instant
    self.ran = ran
    self.delayed = delayed
  }

  /// Measures the process now: some microseconds for each of its threads.
  static func take(at instant: ContinuousClock.Instant = .realNow) -> LoadSample {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return LoadSample(
      instant: instant, ran: .seconds(time.tv_sec) + .nanoseconds(Int64(time.tv_nsec)),
      delayed: ThreadList.runQueueDelay())
  }
}

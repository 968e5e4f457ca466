/// The clock of a scope of virtual time, which moves on to the next timer when nothing in the scope can run.
///
/// ``withVirtualTime(seed:fileID:filePath:line:column:_:)`` hands it out. It can be given to code that takes
/// `any Clock<Duration>`; code that sleeps with `Task.sleep` needs no clock to be in virtual time.
public struct VirtualClock: Clock {
  /// A time in a scope, counted from its beginning.
  public struct Instant: InstantProtocol {
    /// The time since the beginning of the scope.
    public var offset: Duration

    /// The time so long after the beginning of a scope.
    public init(offset: Duration) {
      self.offset = offset
    }

    /// The time that is later by `duration`.
    public func advanced(by duration: Duration) -> Instant {
      Instant(offset: offset.plus(duration))
    }

    /// How much later `other` is.
    public func duration(to other: Instant) -> Duration { other.offset.minus(offset) }

    /// Whether a time is before another.
    public static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
  }

  let scheduler: VirtualScheduler

  /// The time in the scope; it stands still while anything runs.
  public var now: Instant { Instant(offset: scheduler.now) }

  /// One nanosecond.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// The seed of the scope.
  public var seed: UInt64 { scheduler.seed }

  /// Suspends the task until the clock shows `deadline`; the tolerance is not used.
  ///
  /// Throws `CancellationError` at once when the task is cancelled, and when the scope ends before.
  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    try await scheduler.suspend(until: deadline.offset)
  }
}

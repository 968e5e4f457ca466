import HarnessReporting

/// A clock that a test moves by hand, for code that takes `any Clock<Duration>`.
///
/// ```swift
/// let clock = ManualClock("retries")
/// let uploader = Uploader(clock: clock)
/// async let result = uploader.upload(file)
/// try await clock.armed()
/// clock.advance(by: .seconds(1))
/// #expect(try await result.attempts == 2)
/// ```
///
/// A test that moves the clock before the code sleeps on it moves it too early, so it waits for a timer
/// first. Where the code sleeps with `Task.sleep`, or the test does not care when, take
/// ``withVirtualTime(seed:fileID:filePath:line:column:_:)``.
public final class ManualClock: Clock, Sendable {
  /// A time of a manual clock, counted from where it was when it was made.
  public struct Instant: InstantProtocol {
    /// The time since the clock was made.
    public var offset: Duration

    /// The time so long after a clock was made.
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

  private let channel: Channel<ManualClockState>
  private let site: CallSite

  /// Makes a clock that shows zero; `name` is what failures call it.
  public init(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) {
    channel = Channel("ManualClock", name, ManualClockState())
    site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  }

  /// What the clock shows.
  public var now: Instant { Instant(offset: channel.point.withMachine { $0.now }) }

  /// One nanosecond.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// The earliest time that anybody sleeps until; nil when nobody sleeps.
  public var nextArmed: Instant? {
    channel.point.withMachine { $0.nextTime }.map(Instant.init(offset:))
  }

  /// Moves the clock on, from any thread, and wakes who sleeps until then: the earliest first, and of one
  /// time those who came first.
  ///
  /// All of them find the clock where it ends. Code that sleeps again each time it wakes, such as a loop
  /// of one second, needs a step for each: wait with ``armed(_:within:fileID:filePath:line:column:)`` between.
  ///
  /// The clock stops at `.seconds(Int64.max)`, and whoever sleeps for longer wakes there.
  public func advance(by duration: Duration) {
    channel.point.update { $0.advance(to: $0.now.plus(duration)) }
  }

  /// Moves the clock to a time, as ``advance(by:)`` does; a time that has passed changes nothing.
  public func advance(to instant: Instant) {
    channel.point.update { $0.advance(to: instant.offset) }
  }

  /// Waits until at least `count` tasks sleep on the clock; gives the earliest time that they sleep until.
  ///
  /// When the deadline passes or the task is cancelled, the test fails at the caller's line, and the wait
  /// throws.
  @discardableResult
  public func armed(
    _ count: Int = 1, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> Instant {
    let time = try await channel.value(
      of: .armed(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
    return Instant(offset: time)
  }

  /// Waits until tasks sleep on the clock; hands back what came of it, and fails nothing.
  public func outcomeOfArmed(
    _ count: Int = 1, within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async -> WaitOutcome<Instant> {
    await channel.outcome(
      of: .armed(count), within: duration,
      at: CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    ).map(Instant.init(offset:))
  }

  /// Suspends the task until the clock shows `deadline`; the tolerance is not used.
  ///
  /// Called by the system under test. Throws `CancellationError` at once when the task is cancelled. It has
  /// no deadline in real time: a test that forgets to move the clock fails where it waits for the result.
  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    try Task.checkCancellation()
    switch await channel.point.wait(for: .time(deadline.offset), by: .never, at: site) {
    case .value: return
    case .cancelled: throw CancellationError()
    case .closed, .timedOut: preconditionFailure("a sleep on a manual clock ended by itself")
    }
  }
}

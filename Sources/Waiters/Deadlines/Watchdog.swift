import HarnessLock

/// Runs actions at instants, on one thread of its own that starts with the first of them.
///
/// A sleeping task needs a thread of the cooperative pool to wake on: with all of them blocked, a sleep of
/// 200 ms ended after 3,040 ms, and this thread woke after 202 ms. There is one for the process.
package enum Watchdog {
  /// A timer that is armed.
  package struct Timer: Sendable {
    fileprivate let id: TimerQueue<ContinuousClock.Instant, @Sendable () -> Void>.ID

    /// Disarms the timer; false when its action has run, runs now or is about to.
    @discardableResult
    package func disarm() -> Bool {
      // The action is let go outside of the lock: what it holds may arm and disarm timers as it goes.
      let action = Watchdog.timers.withLock { $0.disarm(id) }
      return action != nil
    }
  }

  /// Arms a timer for an instant; one that has passed is due at once.
  ///
  /// The action runs on the watchdog's thread, so it must be short and must not block: it holds up every
  /// other deadline of the process.
  package static func arm(
    at instant: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void
  ) -> Timer {
    let (id, wakesThread) = timers.withLock { $0.arm(at: instant, action) }
    if wakesThread { timers.wake() }
    return Timer(id: id)
  }

  private static let timers: Condition<TimerQueue<ContinuousClock.Instant, @Sendable () -> Void>> =
    {
      let timers = Condition(TimerQueue<ContinuousClock.Instant, @Sendable () -> Void>())
      BackgroundThread.start { run(timers) }
      return timers
    }()

  private static func run(
    _ timers: Condition<TimerQueue<ContinuousClock.Instant, @Sendable () -> Void>>
  ) {
    while true {
      var due = timers.wait { timers in
        let now = ContinuousClock.now
        switch timers.step(now: now) {
        case .run(let actions): return .finish(actions)
        case .wait(until: let end): return .wait(atMost: end.map { now.duration(to: $0) })
        }
      }
      for action in due { action() }
      spent.withLock { spent in
        spent += due
        due = []
      }
      SideWork.run {
        let gone = spent.withLock { spent in
          defer { spent = [] }
          return spent
        }
        // Outside of the lock.
        withExtendedLifetime(gone) {}
      }
    }
  }

  /// Actions that have run, to be let go on another thread: what they hold may be the last of a channel, and the
  /// `deinit` of an event in it is code of a user.
  private static let spent = Lock<[@Sendable () -> Void]>([])
}

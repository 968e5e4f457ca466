import HarnessLock
import HarnessReporting

/// What a look at something outside led to.
enum Look<Value> {
  /// It is as it was wanted.
  case found(Value)
  /// It is not yet, and this is what was found, on one line.
  case notYet(String)
}

/// Looks at something outside until it is as it was wanted.
///
/// It looks at once, after every hint, at every interval where there is one, and a last time when the
/// deadline has passed: however busy the machine is, what is right by then is found to be right. The looks
/// run on the caller's task; in between the task is parked, and holds no thread.
struct Lookout: Sendable {
  /// How a lookout ended.
  enum Ending<Value> {
    case found(Value)
    case timedOut
    case cancelled
  }

  /// What is known of a lookout from its beginning.
  struct Beginning: Sendable {
    let start: ContinuousClock.Instant
    let deadline: Deadline
    let site: CallSite
    /// What is wanted; the lookout's title follows.
    let wanted: String
  }

  /// What is known of a lookout while it goes on.
  struct Course: Sendable {
    var attempts = AttemptLog()
    fileprivate var isParked = false
  }

  /// Where hints come in.
  let hints: WaitPoint<HintState>
  /// What the last look may take that begins when the deadline has passed, where it waits itself.
  private static let lastLook = Duration.seconds(1)

  /// - Parameter title: What is looked at, as failures and the table of waits show it.
  init(_ title: String) {
    hints = WaitPoint(onOneLine(title), HintState())
  }

  /// Looks until `look` has found what it wants, the deadline has passed or the task is cancelled.
  ///
  /// `interval` is asked after each look; nil leaves it to the hints. The looks are noted in `course`. Where the
  /// task is parked when the deadline passes, `missed` is called then, and `late` a little later, unless the task
  /// has been given a thread.
  func run<Value>(
    _ beginning: Beginning, interval: () -> Duration?, course: Lock<Course>,
    missed: (@Sendable () -> Void)? = nil, late: (@Sendable () -> Void)?,
    look: () async throws -> Look<Value>
  ) async -> Ending<Value> {
    let (start, deadline) = (beginning.start, beginning.deadline)
    let timers = [(missed, deadline.instant), (late, deadline.instant + LastWords.grace)]
      .compactMap { call, instant in
        call.map { call in
          Watchdog.arm(at: instant) { if course.withLock({ $0.isParked }) { call() } }
        }
      }
    defer { for timer in timers { timer.disarm() } }
    while true {
      let known = hints.hintCount
      let begin = ContinuousClock.Instant.realNow
      let isLast = begin >= deadline.instant
      let finding: String
      do {
        switch try await Self.bounded(by: deadline, begin, isLast, look) {
        case .found(let value): return .found(value)
        case .notYet(let text): finding = text
        }
      } catch {
        finding = "threw \(shown(error: error, cutAt: 400))"
      }
      let end = ContinuousClock.Instant.realNow
      course.withLock {
        $0.attempts.append(
          finding, begin: start.duration(to: begin), end: start.duration(to: end))
      }
      if Task.isCancelled { return .cancelled }
      if isLast { return .timedOut }
      let next = min(deadline.instant, interval().map { end + $0 } ?? deadline.instant)
      course.withLock { $0.isParked = true }
      await pause(until: next, known, beginning)
      course.withLock { $0.isParked = false }
      if Task.isCancelled { return .cancelled }
    }
  }

  /// Parks the task until a hint that it does not know of, or until an instant.
  private func pause(
    until instant: ContinuousClock.Instant, _ known: Int, _ beginning: Beginning
  ) async {
    let demand = HintState.Demand(wanted: beginning.wanted, known: known)
    let bound = Deadline(
      ContinuousClock.Instant.realNow.duration(to: instant), origin: .wait, scale: TimeScale(nil))
    // It has the beginning of the lookout, not of the pause: so the table of waits shows it.
    let wait = Wait<HintState>(
      start: beginning.start, site: beginning.site, scope: nil, deadline: bound, demand: demand,
      isToldOf: false)
    hints.begin(wait, demand, told: nil)
    await hints.park(wait)
    _ = hints.end(wait)
  }

  /// Looks, with a bound for what waits within the look: the deadline, or for the last look, which begins
  /// when that is over, a moment of its own.
  private static func bounded<Value>(
    by deadline: Deadline, _ begin: ContinuousClock.Instant, _ isLast: Bool,
    _ look: () async throws -> Look<Value>
  ) async throws -> Look<Value> {
    var context = WaitContext.current
    context.deadline =
      isLast
      ? Deadline(lastLook, origin: deadline.origin, from: begin)
      : Deadline.tighter(deadline, context.deadline)
    return try await WaitContext.$current.withValue(context, operation: look)
  }
}

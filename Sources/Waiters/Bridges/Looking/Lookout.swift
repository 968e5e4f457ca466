import HarnessLock

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

  private enum Phase {
    case looking
    case parked
    case over
  }

  /// Where hints come in.
  let hints = WaitPoint(HintState())
  /// What the last look may take that begins when the deadline has passed, where it waits itself.
  private static let lastLook = Duration.seconds(1)

  /// Looks until `look` has found what it wants, the deadline has passed or the task is cancelled.
  ///
  /// `interval` is asked after each look; nil leaves it to the hints. The looks are noted in `log`. `verdict`
  /// is the text of a missed deadline, said where the task is not given a thread to say it; nil keeps silent.
  func run<Value>(
    by deadline: Deadline, interval: () -> Duration?, log: Lock<AttemptLog>,
    verdict: (@Sendable () -> String)?, look: () async throws -> Look<Value>
  ) async -> Ending<Value> {
    let start = ContinuousClock.now
    let phase = Lock(Phase.looking)
    let timer = verdict.map { verdict in
      Watchdog.arm(at: deadline.instant + LastWords.grace) {
        if phase.withLock({ $0 == .parked }) { LastWords.say(verdict) }
      }
    }
    defer {
      phase.withLock { $0 = .over }
      timer?.disarm()
    }
    while true {
      let known = hints.hintCount
      let begin = ContinuousClock.now
      let isLast = begin >= deadline.instant
      // What waits within a look is bounded too. The last one begins when the deadline is over.
      let bound =
        isLast
        ? Deadline(Self.lastLook, origin: deadline.origin, from: begin)
        : Deadline.tighter(deadline, Deadline.inherited)
      let finding: String
      do {
        switch try await Deadline.$inherited.withValue(bound, operation: look) {
        case .found(let value): return .found(value)
        case .notYet(let text): finding = text
        }
      } catch {
        finding = "threw \(shown(error, cutAt: 400))"
      }
      let end = ContinuousClock.now
      log.withLock {
        $0.append(finding, begin: start.duration(to: begin), end: start.duration(to: end))
      }
      if Task.isCancelled { return .cancelled }
      if isLast { return .timedOut }
      let next = min(deadline.instant, interval().map { end + $0 } ?? deadline.instant)
      phase.withLock { $0 = .parked }
      let pause = Deadline(
        end.duration(to: next), origin: .wait, from: end, scale: TimeScale(nil))
      _ = await hints.wait(for: known, by: pause, verdict: nil)
      phase.withLock { $0 = .looking }
      if Task.isCancelled { return .cancelled }
    }
  }
}

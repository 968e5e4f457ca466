/// Decides what the thread of a scope does next.
///
/// It holds no lock, reads no clock and runs nothing.
struct ScopeState<Work> {
  enum Turn {
    case run(Work)
    /// Send a fence after the work on the main actor.
    case sendFence
    /// Look why nothing can run.
    case judge
    /// Give the body up.
    case giveUp(Stall.Kind)
    /// Wait for something from outside, and ask again then, or at this instant.
    case rest(until: ContinuousClock.Instant)
    /// Let go of what is left.
    case end
  }

  var schedule: Schedule<Work>
  private(set) var life = ScopeLife()
  private(set) var visits = MainVisits()
  /// Whether the scope has ever waited for somebody outside.
  private(set) var hasRested = false
  /// Whether another thread has had something run here, so that the order is not the seed's alone.
  ///
  /// What comes back from the main actor is not meant: nothing else runs meanwhile.
  private(set) var isDisturbed = false
  /// Whether it has been looked at why nothing can run.
  private var isJudged = false
  /// Since when nothing could run.
  private var idleSince: ContinuousClock.Instant?
  private let patience: Duration
  private let stepLimit: Int

  /// Begins with a schedule.
  ///
  /// The body is given up when for `patience` nothing could run and nobody slept,
  /// and when `stepLimit` steps were made at one time.
  init(_ schedule: Schedule<Work>, patience: Duration, stepLimit: Int) {
    self.schedule = schedule
    self.patience = patience
    self.stepLimit = stepLimit
  }

  /// Takes in that something has come, whatever it is.
  mutating func arrived() {
    isJudged = false
    idleSince = nil
  }

  /// Takes in that something has come from another thread.
  mutating func arrivedFromOutside() {
    if !visits.isVisiting { isDisturbed = true }
    arrived()
  }

  /// Takes in that work is put on the main actor.
  mutating func willVisitMain() {
    visits.add()
    arrived()
  }

  /// Takes in that the fence is back from the main actor.
  mutating func fenceIsBack() {
    visits.fenceIsBack()
    arrived()
  }

  /// Takes in the end of the body.
  mutating func bodyEnded() {
    life.bodyEnded()
    arrived()
  }

  /// Gives the body up, unless that was done before, it has ended, or, for a deadlock, something has come
  /// since it was looked at; says whether it was.
  mutating func giveUp(for stall: Stall) -> Bool {
    if case .deadlock = stall.kind, !isJudged { return false }
    guard life.giveUp(for: stall) else { return false }
    idleSince = nil
    return true
  }

  /// Ends the scope; gives what was left, and after how long it was to run.
  mutating func close() -> [(work: Work, after: Duration)] {
    life.close()
    return schedule.removeAll()
  }

  /// What to do now.
  ///
  /// `ownEnd` is when the last of the waits ends by itself that hand their outcome back: before, that
  /// nothing runs is no sign of a stall.
  mutating func turn(
    at now: ContinuousClock.Instant, ownEnd: @autoclosure () -> ContinuousClock.Instant?
  ) -> Turn {
    if visits.needsFence {
      visits.sendFence()
      return .sendFence
    }
    // Nothing else runs while the main actor does, so that what comes back comes at the same point each time.
    if visits.isVisiting { return rest(at: now, ownEnd: ownEnd()) }
    if life.stage == .running, schedule.stepsAtThisTime >= stepLimit {
      return .giveUp(.neverIdle(steps: stepLimit))
    }
    guard life.hasStepsLeft else { return .end }
    guard let work = schedule.next(mayAdvance: life.mayAdvance) else {
      if case .ending = life.stage { return .end }
      if !isJudged {
        isJudged = true
        return .judge
      }
      return rest(at: now, ownEnd: ownEnd())
    }
    life.takeStep()
    arrived()
    return .run(work)
  }

  private mutating func rest(
    at now: ContinuousClock.Instant, ownEnd: ContinuousClock.Instant?
  ) -> Turn {
    hasRested = true
    let start = idleSince ?? now
    idleSince = start
    let end = max(start, ownEnd ?? start) + patience
    if now < end { return .rest(until: end) }
    return life.stage == .running ? .giveUp(.outside(patience)) : .end
  }
}

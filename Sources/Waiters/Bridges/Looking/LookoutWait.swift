import HarnessLock
import HarnessReporting

/// Runs a lookout as a wait: in the form that fails the test, and in the form that hands the outcome back.
struct LookoutWait: Sendable {
  let lookout: Lookout
  /// What is waited for, as failures show it; the lookout's title follows.
  let wanted: String
  /// What a failure tells of the looks.
  let account: @Sendable (AttemptLog) -> WaitAccount
  private let course = Lock(Lookout.Course())

  init(
    _ lookout: Lookout, wanted: String,
    account: @escaping @Sendable (AttemptLog) -> WaitAccount
  ) {
    self.lookout = lookout
    self.wanted = wanted
    self.account = account
  }

  private struct Facts: WaitFacts {
    let account: WaitAccount
  }

  private var reporter: Reporter { lookout.hints.reporter }

  /// Waits; the outcome is the caller's to judge.
  func outcome<Value: Sendable>(
    within duration: Duration?, at site: CallSite, interval: () -> Duration?,
    look: () async throws -> Look<Value>
  ) async -> WaitOutcome<Value> {
    let beginning = begin(within: duration, at: site)
    switch await lookout.run(beginning, interval: interval, course: course, late: nil, look: look) {
    case .found(let value): return .value(value)
    case .timedOut: return .timedOut(report(beginning, .timedOut(expiry(), resumed: .realNow)))
    case .cancelled: return .cancelled(report(beginning, .cancelled))
    }
  }

  /// Waits; fails the test and throws unless there is a value.
  func value<Value>(
    within duration: Duration?, at site: CallSite, interval: () -> Duration?,
    look: () async throws -> Look<Value>
  ) async throws -> Value {
    let beginning = begin(within: duration, at: site)
    let load = LoadGauge.start(at: beginning.start)
    // As it was at the deadline, where the task was parked then: what came after says why it had no thread.
    let missed = Lock<Expiry?>(nil)
    let ending = await lookout.run(
      beginning, interval: interval, course: course,
      missed: {
        let expiry = expiry(since: load)
        missed.withLock { $0 = expiry }
      },
      late: {
        let expiry = missed.withLock { $0 } ?? expiry(since: load)
        LastWords.say { report(beginning, .timedOut(expiry, resumed: nil)).description }
      }, look: look)
    reporter.flush()
    switch ending {
    case .found(let value): return value
    case .timedOut:
      // The last look begins when the task has a thread again.
      let lastLook = course.withLock { $0.attempts.last?.begin }.map { beginning.start + $0 }
      let ending: WaitReport.Ending =
        if let expiry = missed.withLock({ $0 }) {
          .timedOut(expiry, resumed: lastLook ?? .realNow)
        } else {
          .timedOut(expiry(since: load), resumed: .realNow)
        }
      let report = report(beginning, ending)
      throw await reporter.error(recording: report.failure(at: site))
    case .cancelled:
      // Cancelled because the test hangs: that has been told, with this wait in its table.
      if let error = WaitContext.current.hang?.recordedError { throw error }
      let report = report(beginning, .cancelled)
      if reporter.hasFailed(within: report.waited) { throw CancellationError() }
      throw await reporter.error(recording: report.failure(at: site))
    }
  }

  private func begin(within duration: Duration?, at site: CallSite) -> Lookout.Beginning {
    let start = ContinuousClock.Instant.realNow
    return Lookout.Beginning(
      start: start, deadline: .effective(within: duration, in: .current, from: start), site: site,
      wanted: wanted)
  }

  /// What is the case now that the deadline has passed; `load` is that of the beginning, where somebody is
  /// told.
  private func expiry(since load: LoadSample? = nil) -> Expiry {
    let now = ContinuousClock.Instant.realNow
    return Expiry(
      instant: now,
      circumstances: load.map {
        Circumstances(
          start: $0, end: LoadGauge.end(at: now), table: WaitTable.snapshot(now: now))
      })
  }

  private func report(_ beginning: Lookout.Beginning, _ ending: WaitReport.Ending) -> WaitReport {
    let course = course.withLock { $0 }
    return WaitReport(
      .init(
        ending: ending, wanted: wanted, title: lookout.hints.title,
        waited: beginning.start.duration(to: .realNow), deadline: beginning.deadline,
        wasOver: beginning.deadline.isOfScope && beginning.deadline.instant <= beginning.start,
        facts: Facts(account: account(course.attempts)), reporter: reporter,
        // A table that was taken a moment ago for another wait may hold this one, by an earlier look.
        source: ObjectIdentifier(lookout.hints), number: nil))
  }
}

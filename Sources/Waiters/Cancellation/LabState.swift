/// Decides at which crossing an operation is cancelled, and what is wrong when it has ended.
///
/// It only decides: it cancels nothing and reads no clock.
struct LabState: Sendable {
  private enum Phase: Sendable {
    /// The operation has not begun; what the set-up crosses does not count.
    case settingUp
    case running
    case ended(hasCompleted: Bool, at: ContinuousClock.Instant)
  }

  /// What an operation that runs waits for.
  enum Stage {
    /// Its cancellation.
    case approach
    /// Its end, once it is cancelled.
    case unwinding
  }

  /// That the time for an operation was up.
  struct Verdict: Sendable {
    /// What the process had got of the machine by then.
    let load: LoadSample
    /// Where the operation was, in words.
    let known: [String]
  }

  /// The crossing at which the operation is cancelled, from 1; nil where something else cancels it.
  private let target: Int?
  private var phase = Phase.settingUp
  private var crossed = 0
  private var lastPoint: CancellationPoint?
  private(set) var cancellation: (point: CancellationPoint, instant: ContinuousClock.Instant)?
  /// That the operation was given up; nil while there is hope, and where it ended in time.
  private(set) var verdict: Verdict?
  /// The points that were crossed up to the cancellation, in order.
  private(set) var points: [CancellationPoint] = []
  var ledger = LabLedger()

  init(cancellingAt target: Int?) {
    self.target = target
  }

  /// The operation begins.
  mutating func begin() { phase = .running }

  /// The operation comes to a point; says whether it is to be cancelled there.
  mutating func cross(_ point: CancellationPoint, at now: ContinuousClock.Instant) -> Bool {
    guard case .running = phase else { return false }
    lastPoint = point
    guard cancellation == nil else { return false }
    crossed += 1
    points.append(point)
    return crossed == target && cancel(at: point, now)
  }

  /// The operation is to be cancelled here, unless it was or has ended.
  mutating func cancel(at point: CancellationPoint, _ now: ContinuousClock.Instant) -> Bool {
    guard case .running = phase, cancellation == nil, verdict == nil else { return false }
    cancellation = (point, now)
    return true
  }

  /// The operation has ended.
  mutating func end(hasCompleted: Bool, at now: ContinuousClock.Instant) {
    phase = .ended(hasCompleted: hasCompleted, at: now)
  }

  /// The time for a stage of the operation is up; says whether that is the verdict, because it is still in
  /// that stage.
  mutating func giveUp(_ stage: Stage, at now: LoadSample) -> Bool {
    guard case .running = phase, verdict == nil else { return false }
    switch stage {
    case .approach: guard cancellation == nil else { return false }
    case .unwinding: guard cancellation != nil else { return false }
    }
    verdict = Verdict(load: now, known: known(at: now.instant))
    return true
  }

  /// When the operation ended; nil while it runs.
  var end: ContinuousClock.Instant? {
    guard case .ended(_, let instant) = phase else { return nil }
    return instant
  }

  /// What the operation has left undone; empty while it runs.
  var debts: [CancellationFinding] {
    guard case .ended(let hasCompleted, _) = phase else { return [] }
    return ledger.findings(wasGivenUp: cancellation != nil && !hasCompleted)
  }

  /// Whether the operation has ended and left nothing undone, or nothing that time may mend.
  var isSettled: Bool {
    end != nil && (debts.isEmpty || ledger.isSpoilt && !ledger.isPending)
  }

  private func known(at now: ContinuousClock.Instant) -> [String] {
    let activities = ledger.activities(at: now)
    let shown = Array(activities.prefix(Self.shownActivities))
    let rest = activities.count - shown.count
    return (activities.isEmpty ? ["in nothing that the harness knows"] : shown)
      + (rest > 0 ? ["… and \(rest) more"] : [])
      + (lastPoint.map { ["came last to \($0)"] } ?? [])
  }

  private static var shownActivities: Int { 3 }
}

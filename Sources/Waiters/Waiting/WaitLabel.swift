import HarnessReporting

/// What is known of a wait from its beginning: one object, to which its task, its timer and the table of
/// waits refer.
class WaitLabel: @unchecked Sendable {
  // Safe: everything here is constant; `Wait` says what it adds.

  /// When it began.
  let start: ContinuousClock.Instant
  /// The line that waits.
  let site: CallSite
  /// The scope that it belongs to, which is told of what comes too late.
  let scope: WaitScope?
  let deadline: Deadline
  /// What is waited for; nil where that is not told.
  let demand: (any WaitDemand)?
  /// The load when it began; nil where nobody is told of a missed deadline.
  let load: LoadSample?

  /// Describes a wait that has no deadline of its own: it lasts as long as another one.
  convenience init(start: ContinuousClock.Instant, site: CallSite, scope: WaitScope?) {
    self.init(
      start: start, site: site, scope: scope, deadline: .effective(within: nil), demand: nil,
      isToldOf: false)
  }

  /// Describes a wait; `isToldOf` says whether somebody is told of a missed deadline.
  init(
    start: ContinuousClock.Instant, site: CallSite, scope: WaitScope?, deadline: Deadline,
    demand: (any WaitDemand)?, isToldOf: Bool
  ) {
    self.start = start
    self.site = site
    self.scope = scope
    self.deadline = deadline
    self.demand = demand
    load = isToldOf ? LoadGauge.start(at: start) : nil
  }
}

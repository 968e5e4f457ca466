import HarnessLock
import HarnessReporting

/// The shell that all channels share: runs a machine under one lock, and parks, wakes and times tasks.
final class WaitPoint<Machine: WaitMachine>: WaitSource, Sendable {
  typealias Ending = WaitEnding<Machine.Value, Machine.Facts>

  /// Gives the text of a missed deadline, which goes to standard error where the task is not given a thread
  /// to tell it soon enough.
  typealias Told = @Sendable (WaiterID, Machine.Facts, Expiry) -> String

  /// The channel as it is shown, such as `Mailbox "progress"`.
  let title: String
  let reporter: Reporter
  let nature: ChannelNature
  private let contents: Lock<WaitContents<Machine>>

  init(_ title: String, _ machine: Machine, _ nature: ChannelNature = .plain) {
    self.title = title
    self.nature = nature
    reporter = Reporter()
    contents = Lock(WaitContents(machine))
    if nature.isListed { WaitTable.add(self) }
  }

  deinit {
    if nature.isListed { WaitTable.remove(ObjectIdentifier(self)) }
  }

  /// Lets the machine take in an event, and wakes whom it says, first in, first out.
  func update(_ change: (inout Machine) -> Machine.Wakes) {
    let (handles, late) = contents.withLock { contents in
      let handles = contents.carryOut(change)
      return (handles, contents.takeLate())
    }
    for handle in handles { handle.wake() }
    tell(late)
  }

  /// Says that what comes from now on is the harness's own doing, and no late arrival.
  func expectNothingLate() {
    let fallen = contents.withLock { $0.takeMissed() }
    withExtendedLifetime(fallen) {}
  }

  /// Lets the machine be looked at or changed in a way that ends no wait.
  func withMachine<R>(_ body: (inout Machine) -> R) -> R {
    contents.withLock { body(&$0.machine) }
  }

  /// Begins a wait, and arms its deadline.
  ///
  /// Without `told` nobody is told of a missed deadline but the caller.
  func begin(_ wait: Wait<Machine>, _ demand: Machine.Demand, told: Told?) {
    let (id, ending) = enter(demand, wait)
    if let ending {
      wait.stage = .ended(id, ending)
    } else {
      let label: WaitLabel = wait
      let timer = Watchdog.arm(at: label.deadline.instant) { self.expire(id, label, told) }
      wait.stage = .open(id, timer)
      if let scheduler = VirtualScheduler.ofThread {
        wait.spot = scheduler.park(in: self, id, wait, isFedFromOutside: nature.isFedFromOutside) {
          _ = self.giveUp(id) { .cancelled($0) }
        }
      } else {
        Routes.noteWaitOutside()
      }
    }
  }

  /// Waits until the machine ends the wait, the deadline passes or the task is cancelled.
  func park(_ wait: Wait<Machine>) async {
    guard case .open(let id, _) = wait.stage else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        contents.withLock { $0.room.park(id, .task(continuation)) }?.wake()
      }
    } onCancel: {
      _ = giveUp(id) { .cancelled($0) }
    }
  }

  /// Reads how a wait ended that was parked or met at once.
  func end(_ wait: Wait<Machine>) -> (WaiterID, Ending) {
    switch wait.stage {
    case .new: preconditionFailure("a wait that has not begun has no end")
    case .ended(let id, let ending): return (id, ending)
    case .open(let id, let timer):
      timer.disarm()
      wait.spot?.leave()
      guard let ending = contents.withLock({ $0.room.leave(id) }) else {
        preconditionFailure("wait \(id.number) was resumed before its end")
      }
      wait.stage = .ended(id, ending)
      return (id, ending)
    }
  }

  /// Waits in silence: nobody is told of a missed deadline but the caller.
  func wait(for demand: Machine.Demand, by deadline: Deadline, at site: CallSite) async -> Ending {
    let wait = Wait<Machine>(
      start: .realNow, site: site, scope: nil, deadline: deadline, demand: demand, isToldOf: false)
    begin(wait, demand, told: nil)
    await park(wait)
    return end(wait).1
  }

  /// Registers a demand, and has `body` called when it is met: at once, or on the thread that meets it.
  ///
  /// The observation must be ended, and lasts until then.
  func observe(
    _ demand: Machine.Demand, _ label: WaitLabel,
    _ body: @escaping @Sendable (Machine.Value) -> Void
  ) -> WaitObservation<Machine> {
    let (id, ending) = enter(demand, label)
    if let ending {
      if case .value(let value) = ending {
        body(value)
        return WaitObservation { value }
      }
      return WaitObservation { nil }
    }
    let call: @Sendable () -> Void = { [self] in
      if case .value(let value) = contents.withLock({ $0.room.ending(of: id) }) { body(value) }
    }
    contents.withLock { $0.room.park(id, .call(call)) }?.wake()
    return WaitObservation { [self] in
      // Read under the lock: the call may not have come yet on the thread that met the demand.
      _ = giveUp(id) { .cancelled($0) }
      let ending = contents.withLock { $0.room.leave(id) }
      return if case .value(let value) = ending { value } else { nil }
    }
  }

  func openWaits(
    atMost limit: Int, within patience: Duration
  ) -> (count: Int, oldest: [WaitTable.Entry])? {
    contents.tryWithLock(within: patience) { contents in
      let (count, oldest) = contents.room.open(atMost: limit) { $0.demand != nil }
      let note = contents.machine.tableNote
      let entries = oldest.compactMap { id, label -> WaitTable.Entry? in
        guard let demand = contents.machine.demand(of: id) else { return nil }
        let row = WaitRow(
          wanted: "\(demand.wanted) \(title)", start: label.start, site: label.site, note: note)
        return WaitTable.Entry(source: ObjectIdentifier(self), number: id.number, row: row)
      }
      return (count, entries)
    }
  }

  /// Registers a wait; gives its ending where it has ended at once.
  private func enter(_ demand: Machine.Demand, _ label: WaitLabel) -> (WaiterID, Ending?) {
    let (id, handles, ending, late) = contents.withLock { contents in
      let id = contents.room.enter(label)
      let handles = contents.carryOut { $0.register(id, demand) }
      return (id, handles, contents.room.leave(id), contents.takeLate())
    }
    for handle in handles { handle.wake() }
    tell(late)
    return (id, ending)
  }

  /// Ends a wait without a value, unless it has ended; gives the facts of the moment.
  private func giveUp(
    _ id: WaiterID, missedAt instant: ContinuousClock.Instant? = nil,
    _ ending: (Machine.Facts) -> Ending
  ) -> Machine.Facts? {
    let (facts, handles, fallen) = contents.withLock { contents in
      let result = contents.giveUp(id, missedAt: instant, ending)
      return (result.facts, result.handles + contents.resettle(), result.fallen)
    }
    for handle in handles { handle.wake() }
    // Let go after the lock: what a condition holds on to is a user's.
    withExtendedLifetime(fallen) {}
    return facts
  }

  /// On the watchdog's thread, which must neither wait for a lock that code of a user may hold, nor run such code.
  private func expire(_ id: WaiterID, _ label: WaitLabel, _ told: Told?) {
    let now = ContinuousClock.now
    var circumstances: Circumstances?
    if let load = label.load {
      // Before the wait ends: the snapshot serves all that expire now, and is to hold each of them.
      circumstances = Circumstances(
        start: load, end: LoadGauge.end(at: now), table: WaitTable.snapshot(now: now))
    }
    let expiry = Expiry(instant: now, circumstances: circumstances)
    let missedAt = told == nil ? nil : now
    let attempt = contents.tryWithLock {
      $0.giveUp(id, missedAt: missedAt) { .timedOut($0, expiry) }
    }
    if let result = attempt {
      for handle in result.handles { handle.wake() }
      if let fallen = result.fallen { SideWork.run { withExtendedLifetime(fallen) {} } }
      if let facts = result.facts { armLastWords(id, facts, expiry, told) }
      if result.isUnsettled {
        ChannelAide.run(for: self) { self.update { _ in Batch() } }
      }
    } else {
      ChannelAide.run(for: self) { [self] in
        let facts = giveUp(id, missedAt: missedAt) { .timedOut($0, expiry) }
        if let facts { armLastWords(id, facts, expiry, told) }
      }
    }
  }

  private func armLastWords(
    _ id: WaiterID, _ facts: Machine.Facts, _ expiry: Expiry, _ told: Told?
  ) {
    guard let told else { return }
    _ = Watchdog.arm(at: .now + LastWords.grace) { [contents] in
      // A task that has read its ending tells it itself.
      guard contents.tryWithLock({ $0.room.contains(id) }) ?? true else { return }
      LastWords.say { told(id, facts, expiry) }
    }
  }

  private func tell(_ late: [WaitContents<Machine>.Late]) {
    for late in late {
      let arrival = LateArrival(
        wanted: "\(late.demand.wanted) \(title)", late: late.late, site: late.site)
      if let scope = late.scope {
        scope.add(arrival)
      } else {
        // Not here: the sender may be an event loop, and standard error a full pipe.
        SideWork.run { [reporter] in reporter.note(arrival.description, at: arrival.site) }
      }
    }
  }
}

import CHarnessConcurrency
import HarnessLock

extension VirtualScheduler {
  /// Runs what comes until the scope ends; on a thread of its own.
  func runThread() {
    unsafe charness_thread_set_scheduler(Unmanaged.passUnretained(self).toOpaque())
    loop: while true {
      switch contents.wait(until: { look(&$0) }) {
      case .run(let work): run(work)
      case .sendFence: sendFence()
      case .judge: judge()
      case .giveUp(let kind): giveUp(kind)
      case .end: break loop
      case .rest: preconditionFailure("a thread that rests went on")
      }
    }
    charness_thread_set_scheduler(nil)
    close()
  }

  private typealias Turn = ScopeState<Work>.Turn

  private func look(_ contents: inout Contents) -> Condition<Contents>.Turn<Turn> {
    let now = ContinuousClock.Instant.realNow
    let parked = contents.parked
    let turn = contents.state.turn(
      at: now, ownEnd: parked.values.lazy.compactMap(\.ownEnd).max())
    if case .rest(let end) = turn { return .wait(atMost: now.duration(to: end)) }
    return .finish(turn)
  }

  private func run(_ work: Work) {
    switch work {
    case .preferring(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    case .job(let job, let sleeper):
      if let sleeper { contents.withLock { $0.sleepTimers[sleeper] = nil } }
      unsafe charness_run(ConcurrencyRuntime.pointer(to: job))
    case .wake(let id): endSleep(id, .due)
    }
  }

  private func sendFence() {
    // The fence itself is no work of the scope.
    let before = charness_thread_set_bypass(1)
    defer { _ = charness_thread_set_bypass(before) }
    Task.detached { @MainActor [self] in
      contents.withLock { $0.state.fenceIsBack() }
      contents.wake()
    }
  }
}

// MARK: When nothing can run

extension VirtualScheduler {
  private func judge() {
    let (tasks, parked, stage) = contents.withLock {
      (Array($0.tasks.numbers.keys), $0.parked, $0.state.life.stage)
    }
    // What was given up before, and waits again, is to come to an end.
    guard stage == .running else { return endWaits() }
    guard support.readsTasks, parked.values.allSatisfy({ $0.ownEnd == nil }) else { return }
    if census(of: tasks, parked).verdict == .deadlock { giveUp(.deadlock) }
  }

  private func census(of tasks: [TaskRef], _ parked: [TaskRef: ParkingSpot]) -> TaskCensus {
    // What something outside may end counts as a continuation of somebody else.
    let ours = parked.filter { !$0.value.isFedFromOutside }
    return TaskCensus(ConcurrencyRuntime.look(at: tasks), parked: Set(ours.keys.map(\.id)))
  }

  /// Cancels the body and ends all waits, so that what is left of the scope can come to an end.
  private func giveUp(_ kind: Stall.Kind) {
    let (tasks, parked) = contents.withLock { (Array($0.tasks.numbers.keys), $0.parked) }
    let census = census(of: tasks, parked)
    let waits = Self.lines(of: parked.values)
    let (isGivenUp, cancelBody) = contents.withLock { contents in
      let stall = Stall(
        kind: kind, time: contents.state.schedule.now, seed: seed, census: census,
        isOnMainActor: contents.state.visits.isVisiting, waits: waits, support: support)
      return (contents.state.giveUp(for: stall), contents.cancelBody)
    }
    guard isGivenUp else { return }
    cancelBody?()
    endWaits()
  }

  /// The waits as a failure shows them, the oldest first.
  private static func lines(of parked: some Collection<ParkingSpot>) -> [String] {
    // The oldest are chosen before they are put into words: a thousand waits of one channel, each asked for its
    // words, took ten seconds, and missed their deadlines meanwhile.
    let shown = parked.filter(\.isShown).sorted { $0.start < $1.start }
    let rows = shown.prefix(WaitTable.Snapshot.rowLimit).compactMap(\.row)
    let now = ContinuousClock.Instant.realNow
    let rest = shown.count - rows.count
    return rows.map { $0.line(at: now) } + (rest > 0 ? ["… and \(rest) more"] : [])
  }

  private func endWaits() {
    for spot in contents.withLock({ Array($0.parked.values) }) { spot.cancel() }
  }
}

// MARK: The end

extension VirtualScheduler {
  /// Lets go of what is left, which goes on in real time, and of the caller.
  private func close() {
    let (left, sleepers, tasks, caller) = contents.withLock { contents in
      (contents.cancelBody, contents.parked) = (nil, [:])
      let sleepers = Array(contents.sleeperTimers.keys)
      let left = contents.state.close()
      return (left, sleepers, Array(contents.tasks.numbers.keys), contents.caller)
    }
    Routes.remove(tasks)
    for sleeper in sleepers { endSleep(sleeper, .cancelled) }
    for (work, delay) in left {
      switch work {
      case .preferring(let job), .job(let job, _): Self.enqueueGlobally(job, after: delay)
      case .wake: break
      }
    }
    caller?.resume()
  }
}

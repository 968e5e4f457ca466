import CHarnessConcurrency
import HarnessLock

extension VirtualScheduler {
  /// What the thread does next.
  private enum Turn {
    case run(Work)
    case sendFence
    /// Look why nothing can run.
    case judge
    case giveUp(Stall.Kind)
    case end
  }

  /// Runs what comes until the scope ends; on a thread of its own.
  func runThread() {
    unsafe charness_thread_set_scheduler(Unmanaged.passUnretained(self).toOpaque())
    loop: while true {
      switch contents.wait(until: { look(&$0) }) {
      case .run(.preferring(let job)):
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      case .run(.job(let job, let sleeper)):
        if let sleeper { contents.withLock { $0.sleepTimers[sleeper] = nil } }
        unsafe charness_run(ConcurrencyRuntime.pointer(to: job))
      case .run(.wake(let id)): endSleep(id, .due)
      case .sendFence: sendFence()
      case .judge: judge()
      case .giveUp(let kind): giveUp(kind)
      case .end: break loop
      }
    }
    charness_thread_set_scheduler(nil)
    close()
  }

  private func look(_ contents: inout Contents) -> Condition<Contents>.Turn<Turn> {
    if contents.visits.needsFence {
      contents.visits.sendFence()
      return .finish(.sendFence)
    }
    if contents.visits.isVisiting { return rest(&contents) }
    guard let work = contents.schedule.next(mayAdvance: contents.life.mayAdvance) else {
      if case .ending = contents.life.stage { return .finish(.end) }
      if !contents.isJudged {
        contents.isJudged = true
        return .finish(.judge)
      }
      return rest(&contents)
    }
    contents.idleSince = nil
    contents.isJudged = false
    // The work that is lost with the last step belongs to a loop that does not end.
    guard contents.life.takeStep() else {
      contents.schedule.enqueue(work, of: nil)
      return .finish(.end)
    }
    if contents.schedule.stepsAtThisTime > stepLimit, contents.life.stage == .running {
      contents.schedule.enqueue(work, of: nil)
      return .finish(.giveUp(.neverIdle(steps: stepLimit)))
    }
    return .finish(.run(work))
  }

  /// Waits for something from outside, within limits.
  private func rest(_ contents: inout Contents) -> Condition<Contents>.Turn<Turn> {
    let now = ContinuousClock.Instant.realNow
    let start = contents.idleSince ?? now
    contents.idleSince = start
    contents.hasRested = true
    // A wait that hands its outcome back ends by itself, and is no sign of a stall before.
    let ownEnds = contents.parked.values.compactMap(\.ownEnd)
    let limit = ownEnds.reduce(start) { max($0, $1) } + patience
    if now < limit { return .wait(atMost: now.duration(to: limit)) }
    if contents.life.stage == .running { return .finish(.giveUp(.outside(patience))) }
    return .finish(.end)
  }

  private func sendFence() {
    let before = charness_thread_set_bypass(1)
    defer { _ = charness_thread_set_bypass(before) }
    Task.detached { @MainActor [self] in
      contents.withLock { contents in
        contents.visits.fenceIsBack()
        contents.idleSince = nil
      }
      contents.wake()
    }
  }
}

// MARK: When nothing can run

extension VirtualScheduler {
  private func judge() {
    let (tasks, parked, isRunning) = contents.withLock {
      (Array($0.tasks.numbers.keys), $0.parked, $0.life.stage == .running)
    }
    guard isRunning else { return endWaits() }
    guard support.readsTasks, parked.values.allSatisfy({ $0.ownEnd == nil }) else { return }
    let census = census(of: tasks, parked)
    guard census.verdict == .deadlock else { return }
    // Somebody may have come meanwhile, from outside.
    if contents.withLock({ $0.isJudged }) { giveUp(.deadlock) }
  }

  private func census(of tasks: [TaskRef], _ parked: [TaskRef: ParkingSpot]) -> TaskCensus {
    TaskCensus(ConcurrencyRuntime.look(at: tasks), parked: Set(parked.keys.map(\.id)))
  }

  /// Cancels the body and ends all waits, so that what is left of the scope can come to an end.
  private func giveUp(_ kind: Stall.Kind) {
    let (tasks, parked) = contents.withLock { (Array($0.tasks.numbers.keys), $0.parked) }
    let census = census(of: tasks, parked)
    let rows = parked.values.compactMap(\.row).sorted { $0.start < $1.start }
    let instant = ContinuousClock.Instant.realNow
    var lines = rows.prefix(WaitTable.Snapshot.rowLimit).map { $0.line(at: instant) }
    if rows.count > lines.count { lines.append("… and \(rows.count - lines.count) more") }
    let root = contents.withLock { contents -> (any Cancellable)? in
      contents.idleSince = nil
      let stall = Stall(
        kind: kind, time: contents.schedule.now, seed: seed, census: census,
        isOnMainActor: contents.visits.isVisiting, waits: lines, support: support)
      return contents.life.giveUp(for: stall) ? contents.root : nil
    }
    root?.cancel()
    endWaits()
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
      contents.life.close()
      (contents.root, contents.parked) = (nil, [:])
      let sleepers = Array(contents.sleeperTimers.keys)
      return (
        contents.schedule.removeAll(), sleepers, Array(contents.tasks.numbers.keys), contents.caller
      )
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

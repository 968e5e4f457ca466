import CHarnessConcurrency
import HarnessLock

extension VirtualScheduler {
  /// Takes in a job that can run now, from any thread.
  func enqueue(_ job: UnownedJob, prefersThis: Bool) {
    let task = ConcurrencyRuntime.task(of: job)
    let isTaken = take(in: task) { contents, number in
      if let task, let timer = contents.sleepTimers.removeValue(forKey: task),
        let wake = contents.state.schedule.disarm(timer)
      {
        // It was cancelled in its sleep. The wake still has to run, to clean up, but for no time.
        contents.state.schedule.enqueue(wake, of: nil)
      }
      contents.state.schedule.enqueue(prefersThis ? .preferring(job) : .job(job), of: number)
    }
    if !isTaken { Self.enqueueGlobally(job) }
  }

  /// Takes in a job that can run after a delay, from any thread: the end of a `Task.sleep`.
  func arm(_ job: UnownedJob, after delay: Duration) {
    let sleeper = ConcurrencyRuntime.currentTask
    let isTaken = take(in: ConcurrencyRuntime.task(of: job)) { contents, number in
      let time = contents.state.schedule.now.plus(max(delay, .zero))
      let timer = contents.state.schedule.arm(at: time, .job(job, sleeper: sleeper), of: number)
      if let sleeper { contents.sleepTimers[sleeper] = timer }
    }
    if !isTaken { Self.enqueueGlobally(job, after: delay) }
  }

  /// Hears of a job that goes to the main actor.
  func willVisitMain(_ job: UnownedJob) {
    take(in: ConcurrencyRuntime.task(of: job)) { contents, _ in contents.state.willVisitMain() }
  }

  /// Hears that the task which runs now is about to park in a wait of the harness.
  func park(
    in source: any WaitSource, _ id: WaiterID, _ label: WaitLabel, isFedFromOutside: Bool,
    cancel: @escaping @Sendable () -> Void
  ) -> ParkingSpot? {
    // The turn of an actor that both sides use may have brought somebody else's task here.
    guard let task = ConcurrencyRuntime.currentTask,
      Routes.owner(of: task, seenBy: { self }) === self
    else { return nil }
    let spot = ParkingSpot(
      task, source, id, label, isFedFromOutside: isFedFromOutside, self, cancel: cancel)
    take(in: task) { contents, _ in contents.parked[task] = spot }
    return spot
  }

  /// Hears that a task goes on that was parked.
  func unpark(_ task: TaskRef) {
    contents.withLock { _ = $0.parked.removeValue(forKey: task) }
  }

  /// Has `body` take something in, and the thread look at it; false when the scope has ended.
  @discardableResult
  private func take(
    in task: TaskRef?, _ body: (inout Contents, _ number: Int?) -> Void
  ) -> Bool {
    let isFromOutside = VirtualScheduler.ofThread !== self
    let (isOpen, full) = contents.withLock { contents -> (Bool, [TaskRef]) in
      guard contents.state.life.stage != .closed else { return (false, []) }
      let seen = task.map { contents.tasks.see($0) }
      if let task, let seen, seen.isNew { Routes.add(task, self) }
      let isBody = contents.rootID == nil
      if isBody { contents.rootID = task?.id }
      body(&contents, seen?.number)
      if isFromOutside, !isBody {
        contents.state.arrivedFromOutside()
      } else {
        contents.state.arrived()
      }
      return (true, contents.tasks.isFull ? Array(contents.tasks.numbers.keys) : [])
    }
    if !full.isEmpty { forgetThoseOver(of: full) }
    if isOpen { contents.wake() }
    return isOpen
  }

  private func forgetThoseOver(of tasks: [TaskRef]) {
    let over = ConcurrencyRuntime.over(of: tasks)
    contents.withLock { contents in
      contents.state.schedule.forget(contents.tasks.forget(over))
    }
    Routes.remove(over)
  }

  /// Lets a job go on in real time.
  static func enqueueGlobally(_ job: UnownedJob, after delay: Duration = .zero) {
    let pointer = unsafe ConcurrencyRuntime.pointer(to: job)
    guard delay > .zero else { return unsafe charness_enqueue_global(pointer) }
    unsafe charness_enqueue_global_after(UInt64(clamping: delay.inNanoseconds), pointer)
  }
}

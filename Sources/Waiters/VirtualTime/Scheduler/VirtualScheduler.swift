import CHarnessConcurrency
import HarnessLock

/// Runs every task of a scope of virtual time on one thread, in the order that its ``Schedule`` decides.
///
/// Jobs come from three sides: tasks that prefer this executor, which are the body and its children, enqueue
/// here by themselves; unstructured tasks come by the runtime's hooks (``Routes``); sleepers come from their
/// timers. The thread ends with the scope.
final class VirtualScheduler: Sendable {
  /// What a step runs.
  enum Work: Sendable {
    /// A job of a task that prefers this executor.
    case preferring(UnownedJob)
    /// Another job of the runtime; `sleeper` is the task that it wakes, if it is the end of a `Task.sleep`.
    case job(UnownedJob, sleeper: TaskRef? = nil)
    /// A task that sleeps on the scope's clock.
    case wake(WaiterID)
  }

  /// Everything that the lock guards.
  struct Contents {
    var schedule: Schedule<Work>
    var life = ScopeLife()
    var tasks = TaskRegistry()
    var visits = MainVisits()
    var sleepers = WaitRoom<WakeHandle, SleepEnding, Void>()
    var sleeperTimers: [WaiterID: Schedule<Work>.TimerID] = [:]
    /// Tasks in `Task.sleep`, with the timers of their wakes.
    var sleepTimers: [TaskRef: Schedule<Work>.TimerID] = [:]
    var parked: [TaskRef: ParkingSpot] = [:]
    /// Whether somebody has looked why nothing can run, and since when nothing can.
    var isJudged = false
    var idleSince: ContinuousClock.Instant?
    /// The error for waits that end now, where their scope has been given up.
    static var givenUp: GivenUp? {
      guard let scheduler = Routes.current else { return nil }
      return scheduler.contents.withLock { $0.life.stall == nil ? nil : GivenUp() }
    }

    /// Whether the scope has ever waited for somebody outside.
    var hasRested = false
    /// The body's task and its number; tasks with lower numbers were there before.
    var root: (any Cancellable)?
    var rootID: UInt64?
    var caller: CheckedContinuation<Void, Never>?
  }

  let seed: UInt64
  let support: RuntimeSupport
  /// How long nothing may run, with nobody asleep, before the scope is given up, in real time.
  let patience: Duration
  /// Steps at one time before the scope is given up.
  let stepLimit: Int
  let contents: Condition<Contents>
  /// What the two clocks of Swift showed when the scope began, since their zero.
  private let continuousStart, suspendingStart: Duration

  init(
    seed: UInt64, support: RuntimeSupport,
    patience: Duration = .seconds(1) * TimeScale.ofEnvironment.factor,
    stepLimit: Int = 10_000_000, keepsTrace: Bool = false
  ) {
    self.seed = seed
    self.support = support
    self.patience = patience
    self.stepLimit = stepLimit
    contents = Condition(Contents(schedule: Schedule(seed: seed, keepsTrace: keepsTrace)))
    (continuousStart, suspendingStart) = RealTime.sinceZero()
  }

  /// The scheduler whose thread this is.
  static var ofThread: VirtualScheduler? {
    unsafe charness_thread_scheduler().map {
      unsafe Unmanaged<VirtualScheduler>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// The time in the scope.
  var now: Duration { contents.withLock { $0.schedule.now } }

  /// The error for waits that end now, where their scope has been given up.
  static var givenUp: GivenUp? {
    guard let scheduler = Routes.current else { return nil }
    return scheduler.contents.withLock { $0.life.stall == nil ? nil : GivenUp() }
  }

  /// Whether the scope has ever waited for somebody outside.
  var hasRested: Bool { contents.withLock { $0.hasRested } }

  /// What the continuous or the suspending clock shows in the scope, since its zero.
  func time(isContinuous: Bool) -> Duration {
    (isContinuous ? continuousStart : suspendingStart) + now
  }

  /// How long it is until one of Swift's clocks shows a time.
  func delay(until time: Duration, isContinuous: Bool) -> Duration {
    if support.hasVirtualClocks { return time - self.time(isContinuous: isContinuous) }
    let (continuous, suspending) = RealTime.sinceZero()
    return (time - (isContinuous ? continuous : suspending)).roundedUpToMilliseconds
  }

  /// Whether a task that comes for the first time can be one of the scope's.
  func mayOwn(_ task: TaskRef) -> Bool {
    contents.withLock { contents in contents.rootID.map { task.id >= $0 } ?? false }
  }
}

// MARK: What comes in

extension VirtualScheduler {
  /// Takes in a job that can run now, from any thread.
  func enqueue(_ job: UnownedJob, prefersThis: Bool) {
    let task = ConcurrencyRuntime.task(of: job)
    take(in: task) { contents, number in
      if let task, let timer = contents.sleepTimers.removeValue(forKey: task),
        let wake = contents.schedule.disarm(timer)
      {
        // It was cancelled in its sleep. The wake still has to run, to clean up, but for no time.
        contents.schedule.enqueue(wake, of: nil)
      }
      contents.schedule.enqueue(prefersThis ? .preferring(job) : .job(job), of: number)
    } otherwise: {
      unsafe charness_enqueue_global(ConcurrencyRuntime.pointer(to: job))
    }
  }

  /// Takes in a job that can run after a delay, from any thread: the end of a `Task.sleep`.
  func arm(_ job: UnownedJob, after delay: Duration) {
    let sleeper = ConcurrencyRuntime.currentTask
    take(in: ConcurrencyRuntime.task(of: job)) { contents, number in
      let timer = contents.schedule.arm(
        at: contents.schedule.now + max(delay, .zero), .job(job, sleeper: sleeper), of: number)
      if let sleeper { contents.sleepTimers[sleeper] = timer }
    } otherwise: {
      Self.enqueueGlobally(job, after: delay)
    }
  }

  /// Hears of a job that goes to the main actor.
  func willVisitMain(_ job: UnownedJob) {
    take(in: ConcurrencyRuntime.task(of: job)) { contents, _ in
      contents.visits.add()
    } otherwise: {
    }
  }

  /// Hears that the task which runs now is about to park in a wait of the harness.
  func park(
    in source: any WaitSource, _ id: WaiterID, _ label: WaitLabel,
    cancel: @escaping @Sendable () -> Void
  ) -> ParkingSpot? {
    guard let task = ConcurrencyRuntime.currentTask else { return nil }
    let spot = ParkingSpot(task, source, id, label, self, cancel: cancel)
    take(in: task) { contents, _ in
      contents.parked[task] = spot
    } otherwise: {
    }
    return spot
  }

  func unpark(_ task: TaskRef) {
    contents.withLock { _ = $0.parked.removeValue(forKey: task) }
  }

  /// Has `body` take something in, and the thread look at it; `otherwise` runs after the end of the scope.
  private func take(
    in task: TaskRef?, _ body: (inout Contents, _ number: Int?) -> Void, otherwise: () -> Void
  ) {
    let (isOpen, full) = contents.withLock { contents -> (Bool, [TaskRef]) in
      guard contents.life.stage != .closed else { return (false, []) }
      let seen = task.map { contents.tasks.see($0) }
      if let task, let seen, seen.isNew { Routes.add(task, self) }
      if contents.rootID == nil { contents.rootID = task?.id }
      body(&contents, seen?.number)
      contents.isJudged = false
      contents.idleSince = nil
      return (true, contents.tasks.isFull ? Array(contents.tasks.numbers.keys) : [])
    }
    guard isOpen else { return otherwise() }
    if !full.isEmpty { forgetThoseOver(of: full) }
    contents.wake()
  }

  private func forgetThoseOver(of tasks: [TaskRef]) {
    let over = ConcurrencyRuntime.over(of: tasks)
    contents.withLock { contents in
      contents.schedule.forget(contents.tasks.forget(over))
    }
    Routes.remove(over)
  }

  static func enqueueGlobally(_ job: UnownedJob, after delay: Duration) {
    let pointer = unsafe ConcurrencyRuntime.pointer(to: job)
    guard delay > .zero else { return unsafe charness_enqueue_global(pointer) }
    unsafe charness_enqueue_global_after(UInt64(clamping: delay.inNanoseconds), pointer)
  }
}

/// A task, whatever it gives.
protocol Cancellable: Sendable {
  func cancel()
}

extension Task: Cancellable {}

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

  typealias TimerID = Schedule<Work>.TimerID

  /// Everything that the lock guards.
  struct Contents {
    var state: ScopeState<Work>
    var tasks = TaskRegistry()
    /// The tasks in waits of the harness.
    var parked: [TaskRef: ParkingSpot] = [:]
    /// The tasks that sleep on the scope's clock, and their timers.
    var sleepers = WaitRoom<WakeHandle, SleepEnding, Void>()
    var sleeperTimers: [WaiterID: TimerID] = [:]
    /// The tasks in `Task.sleep`, with the timers of their wakes.
    var sleepTimers: [TaskRef: TimerID] = [:]
    /// The number of the body's task; tasks with lower numbers were there before.
    var rootID: UInt64?
    var cancelBody: (@Sendable () -> Void)?
    var caller: CheckedContinuation<Void, Never>?
  }

  let seed: UInt64
  let support: RuntimeSupport
  let contents: Condition<Contents>
  /// What the two clocks of Swift showed when the scope began, since their zero.
  private let continuousStart, suspendingStart: Duration

  /// Makes a scheduler; what the limits mean stands with ``ScopeState``.
  init(
    seed: UInt64, support: RuntimeSupport,
    patience: Duration = .seconds(1) * TimeScale.ofEnvironment.factor, stepLimit: Int = 1_000_000,
    keepsTrace: Bool = false
  ) {
    self.seed = seed
    self.support = support
    let schedule = Schedule<Work>(seed: seed, keepsTrace: keepsTrace)
    contents = Condition(
      Contents(state: ScopeState(schedule, patience: patience, stepLimit: stepLimit)))
    (continuousStart, suspendingStart) = RealTime.sinceZero()
  }

  /// The scheduler whose thread this is.
  static var ofThread: VirtualScheduler? {
    unsafe charness_thread_scheduler().map {
      unsafe Unmanaged<VirtualScheduler>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// The error for waits that end now, where their scope has been given up.
  static var givenUp: GivenUp? {
    guard let scheduler = Routes.current else { return nil }
    return scheduler.contents.withLock { $0.state.life.stall == nil ? nil : GivenUp() }
  }

  /// The time in the scope.
  var now: Duration { contents.withLock { $0.state.schedule.now } }

  /// Whether the scope has ever waited for somebody outside.
  var hasRested: Bool { contents.withLock { $0.state.hasRested } }

  /// Whether another thread has had something run in the scope.
  var isDisturbed: Bool { contents.withLock { $0.state.isDisturbed } }

  /// What the continuous or the suspending clock shows in the scope, since its zero.
  ///
  /// Half of what there is, 146 billion years, is where these clocks stop: Swift itself adds to what they show, and
  /// ends the process where the sum has more seconds than an `Int64`.
  func time(isContinuous: Bool) -> Duration {
    min((isContinuous ? continuousStart : suspendingStart).plus(now), .longest / 2)
  }

  /// How long it is until one of Swift's clocks shows a time.
  func delay(until time: Duration, isContinuous: Bool) -> Duration {
    if support.hasVirtualClocks { return time.minus(self.time(isContinuous: isContinuous)) }
    let (continuous, suspending) = RealTime.sinceZero()
    return (time - (isContinuous ? continuous : suspending)).roundedUpToMilliseconds
  }

  /// Whether a task that comes for the first time can be one of the scope's.
  func mayOwn(_ task: TaskRef) -> Bool {
    contents.withLock { contents in contents.rootID.map { task.id >= $0 } ?? false }
  }
}

extension VirtualScheduler: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job), prefersThis: true)
  }
}

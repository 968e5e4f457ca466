import CHarnessConcurrency
import HarnessLock

/// Leads jobs and clocks to the scheduler that they belong to, of all that there are in this process.
///
/// A task belongs to the scheduler on whose thread it first came, wherever it is resumed from. Everything
/// else goes where it would have gone without virtual time: what was there before, and what somebody outside has
/// started since, also where a task of a scope wakes it.
enum Routes {
  private static let table = Lock(RouteTable<VirtualScheduler>())

  static func add(_ task: TaskRef, _ scheduler: VirtualScheduler) {
    table.withLock { $0.add(task.id, scheduler) }
  }

  static func remove(_ tasks: some Sequence<TaskRef>) {
    table.withLock { $0.remove(tasks.lazy.map(\.id)) }
  }

  /// The scheduler that the code which runs now belongs to.
  static var current: VirtualScheduler? {
    let here = VirtualScheduler.ofThread
    guard let task = ConcurrencyRuntime.currentTask else { return here }
    return owner(of: task) { here }
  }

  /// The scheduler of a task that the one which `seen` gives has to do with: it may be new there, or somebody else's.
  static func owner(
    of task: TaskRef, seenBy seen: () -> VirtualScheduler?
  ) -> VirtualScheduler? {
    switch table.withLock({ $0.standing(of: task.id) }) {
    case .owned(let owner): return owner
    // The turn of an actor that both sides use, or a wake, brings it here.
    case .foreign: return nil
    case .unknown:
      guard let scheduler = seen() else {
        table.withLock { $0.cameFromOutside(task.id) }
        return nil
      }
      // A task that was there before virtual time is woken by one of ours, and stays where it is.
      return scheduler.mayOwn(task) ? scheduler : nil
    }
  }

  /// The scheduler for a job that is about to go to the global executor.
  static func owner(ofJobAt pointer: UnsafeMutableRawPointer) -> VirtualScheduler? {
    guard let task = unsafe ConcurrencyRuntime.task(of: ConcurrencyRuntime.job(at: pointer)) else {
      // An actor's turn, or a task that yields: its thread alone tells whose it is.
      return VirtualScheduler.ofThread
    }
    return owner(of: task) { current }
  }

  /// Takes in that the task which runs now begins a wait, on a thread that is no scope's.
  ///
  /// A task that an actor runs passes no hook when it starts, and the one who wakes it may be of a scope.
  static func noteWaitOutside() {
    guard charness_is_routing() != 0, let task = ConcurrencyRuntime.currentTask else { return }
    table.withLock { $0.cameFromOutside(task.id) }
  }
}

// MARK: The runtime's hooks

extension Routes {
  /// How many scopes are open.
  private static let openScopes = Lock(0)

  /// Begins to route; false where the runtime has no hooks.
  static func open() -> Bool {
    openScopes.withLock { openScopes in
      charness_patches_install()
      guard unsafe charness_hooks_install(router) != 0 else { return false }
      openScopes += 1
      // Whatever is started from now on has a greater number than the task that opens the scope.
      let opener = ConcurrencyRuntime.currentTask?.id ?? 0
      table.withLock { $0.open(after: opener) }
      return true
    }
  }

  /// Ends what ``open()`` began; false where somebody else has replaced the hooks meanwhile.
  static func close() -> Bool {
    openScopes.withLock { openScopes in
      openScopes -= 1
      table.withLock { $0.close() }
      let areIntact = charness_hooks_are_intact() != 0
      charness_hooks_remove()
      return areIntact
    }
  }

  // Safe: it is made once, never changed and never given back.
  nonisolated(unsafe) private static let router: UnsafePointer<charness_router> = {
    let router = UnsafeMutablePointer<charness_router>.allocate(capacity: 1)
    unsafe router.initialize(
      to: charness_router(
        owns: { job in unsafe Routes.owner(ofJobAt: job) == nil ? 0 : 1 },
        enqueue: { job in
          guard let owner = unsafe Routes.owner(ofJobAt: job) else { return 0 }
          unsafe owner.enqueue(ConcurrencyRuntime.job(at: job), prefersThis: false)
          return 1
        },
        enqueue_after: { nanoseconds, job in
          guard let owner = unsafe Routes.owner(ofJobAt: job) else { return 0 }
          unsafe owner.arm(
            ConcurrencyRuntime.job(at: job), after: .nanoseconds(Int64(clamping: nanoseconds)))
          return 1
        },
        enqueue_at: { seconds, nanoseconds, clock, job in
          guard let owner = unsafe Routes.owner(ofJobAt: job) else { return 0 }
          let time = Duration.seconds(seconds) + .nanoseconds(nanoseconds)
          unsafe owner.arm(
            ConcurrencyRuntime.job(at: job),
            after: owner.delay(until: time, isContinuous: clock == 1))
          return 1
        },
        will_enqueue_main: { job in
          unsafe Routes.owner(ofJobAt: job)?.willVisitMain(ConcurrencyRuntime.job(at: job))
        },
        now: { clock, seconds, nanoseconds in
          guard let owner = Routes.current, owner.support.hasVirtualClocks else { return 0 }
          let (wholeSeconds, attoseconds) = owner.time(isContinuous: clock == 1).components
          unsafe seconds.pointee = wholeSeconds
          unsafe nanoseconds.pointee = attoseconds / 1_000_000_000
          return 1
        }))
    return unsafe UnsafePointer(router)
  }()
}

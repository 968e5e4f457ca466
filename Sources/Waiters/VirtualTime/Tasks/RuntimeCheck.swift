import HarnessLock

/// Tries, once for the process, whether the runtime does what virtual time relies on.
///
/// Hooks, the layout of tasks and the way a sleep ends are no promise of the runtime; another
/// one than the tested must not make tests wrong in silence. Sleeps of the check are so short that it ends
/// soon also where they are real.
enum RuntimeCheck {
  static let shared = Task.detached { await run() }

  private static func run() async -> RuntimeSupport {
    guard Routes.open() else { return RuntimeSupport(routesJobs: false, schedulesSleeps: false) }
    defer { _ = Routes.close() }
    var support = RuntimeSupport()
    support.hasVirtualClocks = await hasVirtualClocks(support)
    support.routesJobs = await routesJobs(support)
    support.schedulesSleeps = await schedulesSleeps(support)
    support.readsTasks = await readsTasks(support)
    return support
  }

  private static func scope(
    _ support: RuntimeSupport,
    _ body: sending @escaping @concurrent (VirtualClock) async throws -> Bool
  ) async -> Bool {
    let outcome = await VirtualScheduler(seed: 0, support: support).run(body)
    if case .value(let isSupported) = outcome { return isSupported }
    return false
  }

  private static func routesJobs(_ support: RuntimeSupport) async -> Bool {
    await scope(support) { clock in
      let scheduler = clock.scheduler
      let inside = await Task { VirtualScheduler.ofThread === scheduler }.value
      let detached = await Task.detached { VirtualScheduler.ofThread === scheduler }.value
      await Task { await Task.yield() }.value
      await Task.yield()
      // Whatever leaves the thread, if only to come back, is waited for.
      return inside && detached && !scheduler.hasRested
    }
  }

  private static func schedulesSleeps(_ support: RuntimeSupport) async -> Bool {
    await scope(support) { clock in
      try await sleepInEachForm()
      try await Task { try await sleepInEachForm() }.value
      return clock.now.offset == .milliseconds(40) && !clock.scheduler.hasRested
    }
  }

  @concurrent private static func sleepInEachForm() async throws {
    // harness:allow(sleep): whether it takes virtual time is what is tried
    try await Task.sleep(nanoseconds: 5_000_000)
    // harness:allow(sleep): whether it takes virtual time is what is tried
    try await Task.sleep(for: .milliseconds(5))
    // harness:allow(sleep): whether it takes virtual time is what is tried
    try await ContinuousClock().sleep(for: .milliseconds(5))
    // harness:allow(sleep): whether it takes virtual time is what is tried
    try await SuspendingClock().sleep(for: .milliseconds(5))
  }

  private static func hasVirtualClocks(_ support: RuntimeSupport) async -> Bool {
    await scope(support) { clock in
      let (continuous, suspending) = (ContinuousClock.now, SuspendingClock.now)
      // harness:allow(sleep): whether it takes virtual time is what is tried
      try await clock.sleep(for: .seconds(3600))
      return continuous.duration(to: .now) == .seconds(3600)
        && suspending.duration(to: .now) == .seconds(3600)
    }
  }

  private static func readsTasks(_ support: RuntimeSupport) async -> Bool {
    await scope(support) { clock in
      let held = Lock<[CheckedContinuation<Void, Never>]>([])
      let refs = Lock<[TaskRef]>([])
      @Sendable func note() {
        refs.withLock { refs in refs += ConcurrencyRuntime.currentTask.map { [$0] } ?? [] }
      }
      @Sendable func hold() async {
        note()
        await withCheckedContinuation { continuation in held.withLock { $0.append(continuation) } }
      }
      let onContinuation = Task { await hold() }
      let onTask = Task {
        note()
        await onContinuation.value
      }
      let onGroup = Task {
        note()
        await withTaskGroup { group in
          group.addTask { await hold() }
          await group.waitForAll()
        }
      }
      await Task { note() }.value
      // harness:allow(sleep): whether it takes virtual time is what is tried
      try await clock.sleep(for: .milliseconds(1))
      let tasks = refs.withLock { $0 }
      let looks = ConcurrencyRuntime.look(at: tasks)
      for continuation in held.withLock({ $0 }) { continuation.resume() }
      await onTask.value
      await onGroup.value
      guard tasks.count == 5, looks.count == 4 else { return false }
      func look(_ index: Int) -> TaskLook? { looks.first { $0.id == tasks[index].id } }
      return look(0)?.state == .awaitsContinuation
        && look(1)?.state == .awaitsTask(tasks[0].id)
        && look(2)?.state == .awaitsGroup
        && looks.contains { $0.state == .awaitsContinuation && $0.parent == tasks[2].id }
        && ConcurrencyRuntime.over(of: tasks).count >= 1
    }
  }
}

import CHarnessConcurrency

/// The Swift face of what is asked of the concurrency runtime.
enum ConcurrencyRuntime {
  /// The task that a job is; nil for jobs that are no tasks, such as the one in which an actor runs what
  /// waits for it.
  static func task(of job: UnownedJob) -> TaskRef? {
    unsafe task(at: pointer(to: job))
  }

  /// The task that runs on this thread.
  static var currentTask: TaskRef? {
    unsafe charness_current_task().flatMap { unsafe task(at: $0) }
  }

  static func pointer(to job: UnownedJob) -> UnsafeMutableRawPointer {
    // A job is one pointer; no initializer gives it.
    unsafe unsafeBitCast(job, to: UnsafeMutableRawPointer.self)
  }

  static func job(at pointer: UnsafeMutableRawPointer) -> UnownedJob {
    unsafe unsafeBitCast(pointer, to: UnownedJob.self)
  }

  private static func task(at pointer: UnsafeMutableRawPointer) -> TaskRef? {
    let id = unsafe charness_task_id(pointer)
    return id == 0 ? nil : TaskRef(id: id, address: UInt(bitPattern: pointer))
  }

  /// Looks at tasks, and at those that they await; tasks that are over are left out.
  ///
  /// They may go on meanwhile. Memory that was given back is recognized, since the number in it is no more
  /// that of the task.
  static func look(at tasks: some Sequence<TaskRef>) -> [TaskLook] {
    var looks: [TaskLook] = []
    var seen = Set<UInt64>()
    var queue = Array(tasks)
    while let task = queue.popLast() {
      guard seen.insert(task.id).inserted, let state = unsafe read(task) else { continue }
      let awaited = unsafe state.awaited.flatMap { unsafe Self.task(namedAt: $0) }
      if let awaited { queue.append(awaited) }
      let kind: TaskLook.State =
        switch unsafe (state.awaits, state.is_running != 0 || state.is_enqueued != 0) {
        case (_, true): .active
        case (1, _): .awaitsTask(awaited?.id)
        case (2, _): .awaitsContinuation
        case (3, _): .awaitsGroup
        default: .awaitsUnknown
        }
      let parent = unsafe state.parent.flatMap { unsafe Self.task(namedAt: $0) }
      looks.append(TaskLook(id: task.id, state: kind, parent: parent?.id))
    }
    return looks
  }

  /// Which of the tasks are over.
  static func over(of tasks: some Sequence<TaskRef>) -> [TaskRef] {
    tasks.filter { unsafe read($0) == nil }
  }

  /// The state of a task; nil when it is over.
  private static func read(_ task: TaskRef) -> charness_task_state? {
    guard let pointer = unsafe UnsafeMutableRawPointer(bitPattern: task.address) else { return nil }
    var id = task.id
    var state = unsafe charness_task_state()
    guard unsafe charness_task_read(pointer, &id, &state) == 1, unsafe state.is_complete == 0 else {
      return nil
    }
    return unsafe state
  }

  /// The task in memory that another task names.
  private static func task(namedAt pointer: UnsafeMutableRawPointer) -> TaskRef? {
    var id: UInt64 = 0
    var state = unsafe charness_task_state()
    guard unsafe charness_task_read(pointer, &id, &state) == 1 else { return nil }
    return TaskRef(id: id, address: UInt(bitPattern: pointer))
  }
}

/// A running task that another thread may cancel, without owning it.
@safe
struct TaskHandle: @unchecked Sendable {
  // Safe: cancelling is thread-safe in the runtime, and the owner of a handle sees to it that the task has
  // not ended: it takes the handle back on that task, under the lock under which others use it.
  private let task: UnsafeCurrentTask

  /// The task that runs here; nil on a thread without one.
  static var current: TaskHandle? {
    unsafe withUnsafeCurrentTask { task in
      unsafe task.map { unsafe TaskHandle(task: $0) }
    }
  }

  func cancel() { unsafe task.cancel() }
}

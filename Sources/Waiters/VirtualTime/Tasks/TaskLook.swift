/// What a task that is not over does, as a look at its memory tells.
struct TaskLook: Equatable, Sendable {
  enum State: Equatable, Sendable {
    /// It runs, or waits for a thread or an actor to run on.
    case active
    /// It awaits the value of a task; nil when that one is over.
    case awaitsTask(UInt64?)
    /// It awaits its children in a task group.
    case awaitsGroup
    /// It awaits the end of a continuation, which anybody may have.
    case awaitsContinuation
    /// It is suspended for something else.
    case awaitsUnknown
  }

  let id: UInt64
  let state: State
  /// The task that it is a child of.
  let parent: UInt64?
}

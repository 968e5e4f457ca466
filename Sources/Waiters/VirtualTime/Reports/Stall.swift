/// Why a scope of virtual time was given up: the facts, and the text that its failure shows.
struct Stall: Sendable {
  enum Kind: Sendable {
    /// Every task waits, and nothing can wake any of them.
    case deadlock
    /// Nothing came for this long, and somebody else would have to wake a task.
    case outside(Duration)
    /// So many steps were made while no time passed.
    case neverIdle(steps: Int)
  }

  let kind: Kind
  /// The time in the scope.
  let time: Duration
  let seed: UInt64
  /// What the tasks wait for.
  let census: TaskCensus
  /// Whether work for the main actor has not been run.
  let isOnMainActor: Bool
  /// The waits of the scope, as lines.
  let waits: [String]
  /// What of the runtime could not be used.
  let support: RuntimeSupport

  var text: String {
    var lines = ReportLines()
    switch kind {
    case .deadlock:
      lines.add("Deadlock in virtual time: every task waits, and none is left to wake another")
    case .outside(let duration):
      lines.add(
        "Stalled outside of virtual time: for \(duration.readable) nothing could run, and no task sleeps"
      )
    case .neverIdle(let steps):
      lines.add("Never idle: \(steps) steps in virtual time, and no time passed")
    }
    lines.add("time", "\(time.readable) since the start" + (seed == 0 ? "" : ", seed \(seed)"))
    lines.add("tasks", census.description)
    lines.add("waiting", waits)
    switch kind {
    case .deadlock where waits.isEmpty:
      lines.add("try", "look for tasks that await each other's values")
    case .deadlock:
      lines.add(
        "try",
        [
          "see who was to send, open or count down what the oldest wait asks for",
          "where a thread or a queue was to do it, run that wait in real time: it is not awaited here",
        ])
    case .outside:
      if isOnMainActor {
        lines.add(
          "outside", "work for the main actor has not been run: is the main thread blocked?")
      }
      if !support.readsTasks {
        lines.add(
          "outside", "this runtime does not say what tasks wait for, so this may be a deadlock")
      }
      lines.add(
        "try",
        "look for what was to resume them: I/O, a callback, another executor; time does not move those"
      )
    case .neverIdle:
      lines.add(
        "try",
        "look for a loop that yields until a clock has moved; let it sleep on the clock instead")
    }
    return lines.text
  }
}

extension Stall {
  /// What is added where the body did not end after it was cancelled.
  static let abandoned =
    "  body      did not end after it was cancelled, and goes on without the scope"
}

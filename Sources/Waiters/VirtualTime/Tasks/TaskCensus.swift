/// Judges what it means that nothing can run, by what each unfinished task waits for.
struct TaskCensus: Equatable, Sendable {
  enum Verdict: Equatable, Sendable {
    /// Every task waits in the harness's own waits, or for a task that does: nothing will come.
    case deadlock
    /// Something outside may still wake one of them.
    case mayBeWoken
  }

  /// Tasks in waits of ours.
  private(set) var inWaits = 0
  /// Tasks that wait for other tasks of the scope.
  private(set) var forTasks = 0
  /// Tasks suspended on a continuation that is not of a wait of ours.
  private(set) var onContinuations = 0
  /// Tasks that run, or are queued, on an executor that is not ours.
  private(set) var elsewhere = 0
  /// Tasks of which this cannot be told.
  private(set) var unknown = 0

  /// Takes stock.
  ///
  /// `parked` are the numbers of the tasks in waits of ours that nothing ends but an event.
  init(_ looks: [TaskLook], parked: Set<UInt64>) {
    let unfinished = Set(looks.map(\.id))
    let parents = Set(looks.compactMap(\.parent))
    for look in looks {
      switch look.state {
      case .awaitsContinuation:
        if parked.contains(look.id) { inWaits += 1 } else { onContinuations += 1 }
      case .awaitsTask(let other):
        // A task that was never seen may wait for anything.
        if let other, unfinished.contains(other) { forTasks += 1 } else { unknown += 1 }
      case .awaitsGroup:
        if parents.contains(look.id) { forTasks += 1 } else { unknown += 1 }
      case .active: elsewhere += 1
      case .awaitsUnknown: unknown += 1
      }
    }
  }

  /// How many tasks are not over.
  var count: Int { inWaits + forTasks + onContinuations + elsewhere + unknown }

  var verdict: Verdict {
    count > 0 && onContinuations + elsewhere + unknown == 0 ? .deadlock : .mayBeWoken
  }

  /// The numbers in words, such as `3: 2 in waits, 1 waits for another`.
  var description: String {
    let parts = [
      (inWaits, "in waits of the harness"), (forTasks, "waiting for other tasks"),
      (onContinuations, "on continuations of somebody else"),
      (elsewhere, "on the main actor or another executor"), (unknown, "unknown to the harness"),
    ]
    let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return shown.isEmpty ? "none that is known" : "\(count): \(shown)"
  }
}

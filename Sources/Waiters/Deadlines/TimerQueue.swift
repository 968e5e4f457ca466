import HeapModule

/// Decides which timers are due, and whether the thread that waits for them must be woken.
///
/// It only decides: it reads no clock and runs no action.
struct TimerQueue<Instant: Comparable, Action> {
  /// Names an armed timer.
  typealias ID = SlotKey

  /// What the thread does next.
  enum Step {
    /// Run these, which were due, the earliest first.
    case run([Action])
    /// Wait until this instant; nil waits for a timer to be armed.
    case wait(until: Instant?)
  }

  private struct Entry: Comparable {
    let instant: Instant
    let id: ID

    // Timers of one instant run in the order in which they were armed.
    static func < (a: Entry, b: Entry) -> Bool { (a.instant, a.id) < (b.instant, b.id) }
  }

  private enum Thread {
    case busy
    case waiting(until: Instant?)
  }

  private var heap = Heap<Entry>()
  private var actions = SlotTable<Action>()
  private var thread = Thread.busy

  /// The timers that are armed.
  var count: Int { actions.count }

  /// The entries kept for timers, disarmed ones included.
  var entryCount: Int { heap.count }

  /// Arms a timer; says whether the thread must be woken because it would sleep past the instant.
  mutating func arm(at instant: Instant, _ action: Action) -> (id: ID, wakesThread: Bool) {
    let id = actions.insert(action)
    heap.insert(Entry(instant: instant, id: id))
    switch thread {
    case .busy: return (id, false)
    case .waiting(until: nil): break
    case .waiting(until: let end?): if instant >= end { return (id, false) }
    }
    // Once is enough: whoever arms the next timer finds the thread awake.
    thread = .busy
    return (id, true)
  }

  /// Disarms a timer and gives its action, for the caller to let go; nil when it has been handed out to run.
  mutating func disarm(_ id: ID) -> Action? {
    guard let action = actions.remove(id) else { return nil }
    // Disarmed timers stay in the heap until their time comes or they are the larger part of it, which
    // makes the common case, a wait that is satisfied, cheap.
    if heap.count > 2 * actions.count + 64 {
      heap = Heap(heap.unordered.filter { actions[$0.id] != nil })
    }
    return action
  }

  /// Asks, on the thread, what to do now.
  mutating func step(now: Instant) -> Step {
    var due: [Action] = []
    while let first = heap.min {
      if let action = actions[first.id] {
        if first.instant > now { break }
        due.append(action)
        _ = actions.remove(first.id)
      }
      heap.removeMin()
    }
    guard due.isEmpty else {
      thread = .busy
      return .run(due)
    }
    thread = .waiting(until: heap.min?.instant)
    return .wait(until: heap.min?.instant)
  }
}

import HarnessLock
import HarnessReporting

/// A part of a test that is told, when it ends, what came too late for its waits.
///
/// The outermost `withDeadline` or hang limit opens it, so that it lives as long as the test's own
/// clean-up, in which late events come.
final class WaitScope: Sendable {
  private struct Notes {
    var late: [LateArrival] = []
    var isOver = false
  }

  private let reporter = Reporter()
  private let notes = Lock(Notes())

  /// Takes in what came too late; after the end of the scope it is told at once.
  func add(_ arrival: LateArrival) {
    let isOver = notes.withLock { notes in
      if !notes.isOver { notes.late.append(arrival) }
      return notes.isOver
    }
    if isOver { reporter.note(arrival.description, at: arrival.site) }
  }

  /// Tells what there is to tell, and ends.
  func close() {
    let late = notes.withLock { notes in
      notes.isOver = true
      defer { notes.late = [] }
      return notes.late
    }
    for arrival in late { reporter.note(arrival.description, at: arrival.site) }
  }
}

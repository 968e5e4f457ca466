import HarnessLock

/// Where tickets wait for the task that may record them.
///
/// One task serves the queue; anyone may add to it, from any thread.
final class TicketQueue: Sendable {
  private struct State {
    var tickets: [Ticket] = []
    var isClosed = false
    /// Whether the serving task records a ticket at this moment.
    var isRecording = false
    var server: CheckedContinuation<Void, Never>?
  }

  private let state = Condition(State())

  /// Whether this code runs because a ticket is being recorded, so that it cannot wait for that.
  @TaskLocal private static var isWithinRecording = false

  /// Adds a ticket; false when nobody serves the queue any more.
  func add(_ ticket: Ticket) -> Bool {
    wakeServer { state in
      if state.isClosed { return false }
      state.tickets.append(ticket)
      return true
    }
  }

  /// Whether nothing waits and nothing is being recorded.
  var isIdle: Bool { state.withLock { $0.tickets.isEmpty && !$0.isRecording } }

  /// Takes everything that waits, to be recorded by the caller, who runs on the test's task.
  ///
  /// What the serving task records at this moment is recorded when this returns, or the test could end
  /// first. That blocks the thread, but only while another one runs: recording does not suspend.
  func takeAll() -> [Ticket] {
    let tickets: [Ticket] = state.wait { state in
      if state.isRecording && !Self.isWithinRecording { return .wait(atMost: nil) }
      defer { state.tickets = [] }
      return .finish(state.tickets)
    }
    // Others may wait for the same.
    state.wake()
    return tickets
  }

  /// Lets the serving task end once it has taken what is there.
  func close() {
    wakeServer { $0.isClosed = true }
  }

  /// Records each ticket as it comes, until the queue is closed and empty.
  func serve() async {
    while let ticket = await next() {
      Self.$isWithinRecording.withValue(true) { ticket.settle() }
      state.withLock { $0.isRecording = false }
      state.wake()
    }
  }

  private func next() async -> Ticket? {
    while true {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if !state.tickets.isEmpty || state.isClosed { return true }
          state.server = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
      let (ticket, isOver) = state.withLock { state in
        state.isRecording = !state.tickets.isEmpty
        return (state.isRecording ? state.tickets.removeFirst() : nil, state.isClosed)
      }
      // Without a ticket, somebody else took it between the wake and now.
      if ticket != nil || isOver { return ticket }
    }
  }

  @discardableResult
  private func wakeServer<R>(_ change: (inout State) -> R) -> R {
    let (result, server) = state.withLock { state in
      let result = change(&state)
      defer { state.server = nil }
      return (result, state.server)
    }
    server?.resume()
    return result
  }
}

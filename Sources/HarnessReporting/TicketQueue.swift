import HarnessLock

/// Where tickets wait for the task that may record them.
///
/// One task serves the queue; anyone may add to it, from any thread.
final class TicketQueue: Sendable {
  private struct State {
    var tickets: [Ticket] = []
    var isClosed = false
    var server: CheckedContinuation<Void, Never>?
  }

  private let state = Lock(State())

  /// Adds a ticket; false when nobody serves the queue any more.
  func add(_ ticket: Ticket) -> Bool {
    wakeServer { state in
      if state.isClosed { return false }
      state.tickets.append(ticket)
      return true
    }
  }

  /// Takes everything that waits, to be recorded by the caller, who runs on the test's task.
  func takeAll() -> [Ticket] {
    state.withLock { state in
      defer { state.tickets = [] }
      return state.tickets
    }
  }

  /// Lets the serving task end once it has taken what is there.
  func close() {
    wakeServer { $0.isClosed = true }
  }

  /// Records each ticket as it comes, until the queue is closed and empty.
  func serve() async {
    while let ticket = await next() { ticket.settle() }
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
        (state.tickets.isEmpty ? nil : state.tickets.removeFirst(), state.isClosed)
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

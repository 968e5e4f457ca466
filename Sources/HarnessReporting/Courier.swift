import Testing

/// Carries failures from anywhere to a task that still knows its test.
///
/// `Test.current` is a task local: a detached task, a thread and a NIO callback do not have it, and an
/// issue recorded there lands under no test at all. An unstructured task made on the test's task keeps
/// it, so the courier makes one at once and lets it record what is brought to it.
final class Courier: Sendable {
  let test: Test
  private let queue: TicketQueue
  private let server: Task<Void, Never>

  /// Captures the test that runs; nil where no Swift Testing test does.
  init?() {
    guard let test = Test.current else { return nil }
    self.test = test
    TestSightings.noteRunningTest()
    let queue = TicketQueue()
    self.queue = queue
    self.server = Task { await queue.serve() }
  }

  deinit {
    // Where the test itself lets go of its channels, what they brought is recorded before it ends.
    flush()
    queue.close()
  }

  /// Brings a failure; nil when the scope has ended.
  func deliver(_ failure: Failure, _ purpose: Ticket.Purpose) -> Ticket? {
    let ticket = Ticket(failure, purpose)
    return queue.add(ticket) ? ticket : nil
  }

  /// Records what still waits, here on the test's task; on that of another test it does nothing.
  func flush() {
    // Waits ask often, and mostly for nothing: a test's id is made anew each time.
    guard !queue.isIdle, Test.current?.id == test.id else { return }
    for ticket in queue.takeAll() { ticket.settle() }
  }

  /// Ends the service: when this returns, everything that was brought is recorded.
  func close() async {
    queue.close()
    flush()
    await server.value
  }
}

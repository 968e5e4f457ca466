import HarnessReporting

/// The task that reads a sequence into a mailbox.
struct SequencePump: Sendable {
  private let title: String
  private let task: Task<Void, Never>
  private let ended = Signal<Void>("end of the sequence")

  init<Events: AsyncSequence>(_ events: sending Events, into mailbox: Mailbox<Events.Element>)
  where
    Events: SendableMetatype, Events.AsyncIterator: SendableMetatype, Events.Element: Sendable
  {
    title = mailbox.channel.title
    task = Task { [ended] in
      do {
        for try await event in events { mailbox.send(event) }
        mailbox.close()
      } catch {
        mailbox.close(throwing: error)
      }
      ended.send()
    }
  }

  /// Cancels the task and waits until it has ended; fails the test where it does not.
  func stop(at site: CallSite, within duration: Duration? = nil) async {
    task.cancel()
    let reporter = Reporter()
    // Neither a deadline that is over nor a cancelled task may cut this short.
    let outcome = await Task {
      await WaitContext.$current.withValue(WaitContext()) { await ended.outcome(within: duration) }
    }.value
    guard let report = outcome.report else { return }
    reporter.record(
      Failure(
        """
        Not ended: the sequence that \(title) was filled from
          waited    \(report.waited.readable) after its task was cancelled
          try       let the sequence's `next()` end when its task is cancelled; it runs on for now
        """, at: site))
  }
}

/// The same waits for callers who decide what it means when there is no value: nothing fails here.
extension Mailbox {
  /// Waits for the next event; hands back what came of it.
  public func outcomeOfNext(within duration: Duration? = nil) async -> WaitOutcome<Event> {
    await outcome(of: .next, within: duration).map { $0[0] }
  }

  /// Waits for the first event that matches; hands back what came of it.
  public func outcomeOfFirst(
    where matches: @escaping @Sendable (Event) -> Bool, within duration: Duration? = nil
  ) async -> WaitOutcome<Event> {
    await outcome(of: .first(matches), within: duration).map { $0[0] }
  }

  /// Waits for so many events; hands back what came of it.
  public func outcomeOfCollect(
    count: Int, within duration: Duration? = nil
  ) async -> WaitOutcome<[Event]> {
    await outcome(of: .count(count), within: duration)
  }

  /// Waits for an event that matches, with all that came before it; hands back what came of it.
  public func outcomeOfCollect(
    until matches: @escaping @Sendable (Event) -> Bool, within duration: Duration? = nil
  ) async -> WaitOutcome<[Event]> {
    await outcome(of: .through(matches), within: duration)
  }

  private func outcome(
    of demand: MailboxState<Event>.Demand, within duration: Duration?
  ) async -> WaitOutcome<[Event]> {
    await channel.outcome(of: demand, demand.wanted, within: duration) {
      ($0.account, $0.closing?.error)
    }
  }
}

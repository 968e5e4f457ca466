import HarnessReporting

/// A channel from the system under test to the test: it takes everything in, and a test waits for what
/// it wants to see.
///
/// Sending neither waits nor loses anything, so a callback can send. An event is given to one wait; what no
/// wait has taken stays, in the order in which it was sent. A wait that fails takes nothing and leaves the
/// mailbox usable.
///
/// ```swift
/// let inbox = Mailbox<Message>("inbox")
/// client.onMessage = inbox.send
/// let reply = try await inbox.next()
/// ```
///
/// Make it in the test's body, so that its failures are shown under the test.
public final class Mailbox<Event: Sendable>: Sendable {
  let channel: Channel<MailboxState>
  private let limit: Int
  private let site: CallSite

  /// Makes an open, empty mailbox; `name` is what failures call it.
  public convenience init(
    _ name: String, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
    line: UInt = #line, column: UInt = #column
  ) {
    self.init(
      name, limit: 1_000_000,
      site: CallSite(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// `limit` is the most events that the mailbox keeps while no wait takes them: more than the public
  /// limit are no test's traffic, but a leak.
  init(_ name: String, limit: Int, site: CallSite, _ nature: ChannelNature = .plain) {
    channel = Channel("Mailbox", name, MailboxState(limit: limit), nature)
    self.limit = limit
    self.site = site
  }

  /// Sends an event: from any thread, without waiting.
  ///
  /// A mailbox that holds 1,000,000 events which no wait has taken fails the test at the line where it was
  /// made, once, and takes in no more until waits have made room. What is sent to a closed mailbox is
  /// dropped; the failures of later waits count it.
  public func send(_ event: Event) {
    let box = ValueBox(event)
    var isFull = false
    // Let go after the lock.
    var fallen: PayloadBox?
    channel.point.update { state in
      defer { fallen = state.takeFallen() }
      switch state.receive(box) {
      case .deliver(let wakes): return wakes
      case .refuse: return Batch()
      case .refuseFirst:
        isFull = true
        return Batch()
      }
    }
    withExtendedLifetime(fallen) {}
    if isFull { reportFull() }
  }

  /// Closes the mailbox: from any thread, without waiting.
  ///
  /// Only the first call has an effect. What lies in the mailbox can still be taken; a wait that this does
  /// not satisfy fails at once, and names `error`, where there is one.
  public func close(throwing error: (any Error)? = nil) {
    channel.point.update { $0.close(throwing: error) }
  }

  private func reportFull() {
    channel.reporter.record(
      Failure(
        """
        Full: \(channel.title) holds \(limit) events that no wait has taken
          refused   this event and what is sent from now on, while there is no room
          try       take the events as they come, or send to the mailbox only what the test looks at
        """, at: site))
  }
}

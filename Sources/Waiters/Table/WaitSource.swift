package import HarnessReporting

/// Something that waits are parked in, and that the table of waits asks for them.
package protocol WaitSource: AnyObject, Sendable {
  /// The way into the test that it belongs to.
  var reporter: Reporter { get }

  /// How it is shown, such as `Mailbox "progress"`.
  var title: String { get }

  /// How many waits go on here, and the oldest of them, in order; nil where another thread has its lock for longer
  /// than `patience`.
  ///
  /// It must not block beyond that: the watchdog asks, and serves every deadline of the process.
  func openWaits(
    atMost limit: Int, within patience: Duration
  ) -> (count: Int, oldest: [WaitTable.Entry])?
}

extension WaitSource {
  /// The same without patience.
  package func openWaits(atMost limit: Int) -> (count: Int, oldest: [WaitTable.Entry])? {
    openWaits(atMost: limit, within: .zero)
  }
}

package import HarnessReporting

/// Something that waits are parked in, and that the table of waits asks for them.
package protocol WaitSource: AnyObject, Sendable {
  /// The way into the test that it belongs to.
  var reporter: Reporter { get }

  /// How it is shown, such as `Mailbox "progress"`.
  var title: String { get }

  /// How many waits go on here, and the oldest of them, in order; nil while another thread has its lock.
  ///
  /// It must not block: the watchdog asks, and serves every deadline of the process.
  func openWaits(atMost limit: Int) -> (count: Int, oldest: [WaitTable.Entry])?
}

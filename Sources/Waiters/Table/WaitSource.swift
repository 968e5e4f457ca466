package import HarnessReporting

/// Something that waits are parked in, and that the table of waits asks for them.
package protocol WaitSource: AnyObject, Sendable {
  /// The way into the test that it belongs to.
  var reporter: Reporter { get }

  /// How many waits go on here, and the oldest of them, in order.
  func openWaits(atMost limit: Int) -> (count: Int, oldest: [WaitTable.Entry])
}

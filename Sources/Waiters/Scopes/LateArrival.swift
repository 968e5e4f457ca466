import HarnessReporting

/// Something that met a wait after its deadline.
struct LateArrival: Sendable, CustomStringConvertible {
  /// What was waited for, such as `an event from Mailbox "inbox"`.
  let wanted: String
  /// How long after the verdict it came.
  let late: Duration
  /// The line that had waited.
  let site: CallSite

  var description: String {
    """
    Late: \(wanted) came \(late.readable) after the deadline of the wait at \(site)
      try       allow the wait more time, or set HARNESS_TIME_SCALE on a slow machine
    """
  }
}

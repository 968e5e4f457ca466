/// A missed deadline, as the watchdog saw it.
struct Expiry: Sendable {
  /// When the verdict was taken.
  let instant: ContinuousClock.Instant
  /// What else was the case then; nil where nobody is told.
  let circumstances: Circumstances?
}

/// What was the case around a missed deadline, beside the channel's own facts.
struct Circumstances: Sendable {
  /// What the process had got of the machine when the wait began, and at its deadline.
  let start, end: LoadSample
  /// Everything that waited at that moment.
  let table: WaitTable.Snapshot

  var load: LoadWindow { LoadWindow(from: start, to: end) }
}

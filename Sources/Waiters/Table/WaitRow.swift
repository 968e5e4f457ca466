package import HarnessReporting

/// A row of the table of waits: something that waits, and what is known of it.
package struct WaitRow: Sendable {
  /// What is waited for, such as `an event from Mailbox "inbox"`.
  package let wanted: String
  /// Since when.
  package let start: ContinuousClock.Instant
  /// The line that waits; nil where it is not known.
  package let site: CallSite?
  /// What else helps: who keeps a gate shut, how many have come to a barrier.
  package let note: String?

  package init(
    wanted: String, start: ContinuousClock.Instant, site: CallSite?, note: String? = nil
  ) {
    self.wanted = wanted
    self.start = start
    self.site = site
    self.note = note
  }

  /// The row as a failure shows it: `leave to pass Gate "commit", 1.9 s, Store.swift:14; made at …`.
  package func line(at instant: ContinuousClock.Instant) -> String {
    guard let site else { return wanted }
    let waited = max(start.duration(to: instant), .zero).readable
    return "\(wanted), \(waited), \(site)" + (note.map { "; \($0)" } ?? "")
  }
}

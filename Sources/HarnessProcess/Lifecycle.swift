/// Decides which signal a process is sent, and when.
///
/// It only decides: it sends nothing and reads no clock.
struct Lifecycle<Instant: Comparable & Sendable>: Sendable {
  enum Signal {
    case terminate
    case kill
  }

  private enum Phase: Sendable {
    case running
    /// SIGTERM was sent.
    case terminating(killAt: Instant)
    /// SIGKILL was sent.
    case killed
    case ended(ProcessStatus)
  }

  private var phase = Phase.running

  /// How the process ended; nil while it lives.
  var status: ProcessStatus? {
    switch phase {
    case .running, .terminating, .killed: nil
    case .ended(let status): status
    }
  }

  /// When ``tick(_:)`` is due; nil when nothing is.
  var nextTick: Instant? {
    switch phase {
    case .terminating(let instant): instant
    case .running, .killed, .ended: nil
    }
  }

  /// The process is to end, and has until `killAt` to do so by itself; a second request may be stricter.
  mutating func terminate(killAt: Instant) -> Signal? {
    switch phase {
    case .running:
      phase = .terminating(killAt: killAt)
      return .terminate
    case .terminating(let earlier):
      phase = .terminating(killAt: min(earlier, killAt))
      return nil
    case .killed, .ended: return nil
    }
  }

  /// Time has passed.
  mutating func tick(_ now: Instant) -> Signal? {
    switch phase {
    case .terminating(let instant):
      guard now >= instant else { return nil }
      phase = .killed
      return .kill
    case .running, .killed, .ended: return nil
    }
  }

  /// The process has ended.
  mutating func ended(_ status: ProcessStatus) {
    phase = .ended(status)
  }
}

/// What of the machine and of the pool made a deadline pass, beside what the channel tells.
enum TimeoutCause: Sendable {
  /// Nothing of either.
  case none
  /// The process's threads waited for a core.
  case starved(LoadWindow)
  /// The threads of the cooperative pool do nothing, and the woken task has none of them; it was given
  /// one after `resumed`, or has none yet.
  case blocked(resumed: Duration?)
  /// The threads of the cooperative pool are all at work.
  case busy(resumed: Duration?)

  /// A woken task that is given a thread within this time was not held up.
  static let patience = Duration.milliseconds(50)

  /// Judges a missed deadline.
  ///
  /// `resumed` is when the waiting task was given a thread; nil means that it has none so far.
  init(_ expiry: Expiry, resumed: ContinuousClock.Instant?) {
    guard let circumstances = expiry.circumstances else {
      self = .none
      return
    }
    let delay = resumed.map { expiry.instant.duration(to: $0) }
    if delay.map({ $0 < Self.patience }) ?? false {
      self = circumstances.load.isStarved ? .starved(circumstances.load) : .none
      return
    }
    self.init(
      load: circumstances.load,
      since: LoadWindow(from: circumstances.end, to: .take(at: resumed ?? .realNow)), resumed: delay
    )
  }

  /// Judges a wait whose task was not given a thread at once, by the load until the deadline and since.
  init(load: LoadWindow, since: LoadWindow, resumed: Duration?) {
    let delayed = since.delayed ?? .zero
    if load.isStarved {
      self = .starved(load)
    } else if delayed >= since.wall / 2, delayed >= since.ran {
      self = .starved(since)
    } else if since.ran >= since.wall / 2 {
      self = .busy(resumed: resumed)
    } else {
      self = .blocked(resumed: resumed)
    }
  }

  /// The words for it, which follow those of the channel.
  var suffix: String {
    switch self {
    case .none: ""
    case .starved(let load): ", and the process was starved of CPU: \(load)"
    case .blocked(nil):
      ", and the cooperative pool, or the task's actor, is blocked: it has no thread yet"
    case .blocked(let delay?):
      ", and the cooperative pool, or the task's actor, was blocked: it got a thread after \(delay.readable)"
    case .busy(nil):
      ", and the cooperative pool, or the task's actor, is busy: it has no thread yet"
    case .busy(let delay?):
      ", and the cooperative pool, or the task's actor, was busy: it got a thread after \(delay.readable)"
    }
  }
}

/// A way to let time pass, or to ask again and again.
enum Construct: Equatable {
  /// A task sleeps.
  case task
  /// Something sleeps on a clock that is not known to be virtual.
  case clock
  /// A thread sleeps.
  case thread
  /// A block is run after a time.
  case delayedBlock
  /// A loop gives its thread away until something is so.
  case yieldingLoop
  /// A thread is given away, which has no use but in a loop.
  case threadYield
  /// A run loop is run for a time.
  case runLoop

  var rule: Rule {
    switch self {
    case .task, .clock, .thread, .delayedBlock: .sleep
    case .yieldingLoop, .threadYield, .runLoop: .poll
    }
  }

  /// What is wrong with it.
  var fault: String {
    switch self {
    case .task, .clock: "lets time pass"
    case .thread: "holds a thread while time passes"
    case .delayedBlock: "runs code after a time, not after the event"
    case .yieldingLoop, .threadYield: "asks again and again whether something has happened"
    case .runLoop: "lets time pass and looks again"
    }
  }

  /// What to write instead.
  var remedy: String {
    switch self {
    case .task, .thread:
      "wait for the event with Mailbox.next(within:), Signal.value(within:)"
        + " or Gate.arrivals(_:within:)"
    case .clock:
      "wait for the event with Mailbox.next(within:) or Signal.value(within:), or sleep on the clock"
        + " of withVirtualTime or on a ManualClock"
    case .delayedBlock:
      "call Signal.send or Mailbox.send where it happens, and wait for that"
    case .yieldingLoop, .threadYield, .runLoop:
      "wait with Watched.until(within:_:) or Mailbox.first(within:where:), or with poll(every:_:) for"
        + " what tells nobody"
    }
  }
}

/// A construct that was found in a source.
struct Match: Equatable {
  var construct: Construct
  /// The name that makes it one, such as `sleep`.
  var place: SourcePlace
  /// The line on which the expression begins, at or before its place.
  var firstLine: Int
  /// As it is written, without arguments.
  var text: String
}

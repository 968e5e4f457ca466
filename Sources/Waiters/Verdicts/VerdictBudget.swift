/// Decides which verdicts are said: a few in a second, as thousands of waits may expire together that have one
/// cause.
///
/// It only decides: it reads no clock and writes nothing.
struct VerdictBudget {
  /// How many are said in a second; of the others only the number is.
  static let limit = 10
  static let window = Duration.seconds(1)

  enum Decision: Equatable {
    case say
    /// Count it, and tell the number at this instant.
    case skipFirst(until: ContinuousClock.Instant)
    case skip
  }

  private var end: ContinuousClock.Instant?
  private var said = 0
  private var skipped = 0

  /// Takes in a verdict.
  mutating func admit(at now: ContinuousClock.Instant) -> Decision {
    // What was skipped is told before anything more is said.
    if end.map({ now >= $0 }) ?? true, skipped == 0 {
      end = now + Self.window
      said = 0
    }
    if said < Self.limit {
      said += 1
      return .say
    }
    skipped += 1
    guard skipped == 1, let end else { return .skip }
    return .skipFirst(until: max(end, now))
  }

  /// How many were skipped since this was asked last.
  mutating func takeSkipped() -> Int {
    defer { skipped = 0 }
    return skipped
  }
}

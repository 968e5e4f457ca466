/// Decides where an operation is cancelled next, and when there have been enough rounds.
struct SweepPlan: Sendable {
  /// What to do next.
  enum Step: Equatable {
    /// Run it once more, and cancel it at this crossing, from 1.
    case cancel(at: Int)
    case stop(Stop)
  }

  /// Why there are no more rounds.
  enum Stop: Equatable, Sendable {
    /// The last round had no crossing left: each was cancelled at.
    case covered
    /// There are more crossings than are allowed.
    case limit
    /// Too many rounds did not end: each of them takes its full time.
    case unfinished
    /// A round neither ended nor came to its crossing, and so would those after it.
    case stuck
  }

  /// How a round went.
  enum Course: Equatable {
    case notReached
    case cancelled
    case unfinished
    case stuck
  }

  /// How many rounds may not end.
  static let unfinishedLimit = 3

  let limit: Int
  private var rounds = 0
  private var unfinished = 0

  /// `limit` is the most crossings; at least one.
  init(atMost limit: Int) {
    self.limit = max(1, limit)
  }

  /// The next step; nil is the course before the first.
  mutating func next(after course: Course?) -> Step {
    switch course {
    case nil, .cancelled: break
    case .notReached: return .stop(.covered)
    case .stuck: return .stop(.stuck)
    case .unfinished:
      unfinished += 1
      if unfinished == Self.unfinishedLimit { return .stop(.unfinished) }
    }
    // One more than the limit, where it must end without coming to the crossing.
    if rounds > limit { return .stop(.limit) }
    rounds += 1
    return .cancel(at: rounds)
  }
}

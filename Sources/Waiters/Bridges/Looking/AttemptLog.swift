import DequeModule

/// What was found at each look at something outside: the first looks and the newest, and the count of all.
struct AttemptLog: Sendable {
  struct Attempt: Sendable, Equatable {
    /// Its place among all, from 1.
    let number: Int
    /// When it began, since the wait did.
    let begin: Duration
    /// What was found, on one line.
    let finding: String
  }

  private let capacity: Int
  private(set) var first: [Attempt] = []
  private(set) var newest: Deque<Attempt> = []
  /// How many there were, those that are no longer here included.
  private(set) var count = 0
  /// The longest time from the end of one look to the beginning of the next.
  private(set) var longestPause = Duration.zero
  private var lastEnd: Duration?

  /// Keeps so many of the first looks and so many of the newest.
  init(capacity: Int = 5_000) {
    self.capacity = capacity
  }

  /// Takes in a look, with the times since the wait began.
  mutating func append(_ finding: String, begin: Duration, end: Duration) {
    count += 1
    if let lastEnd { longestPause = max(longestPause, begin - lastEnd) }
    lastEnd = end
    let attempt = Attempt(number: count, begin: begin, finding: finding)
    if first.count < capacity {
      first.append(attempt)
    } else {
      if newest.count == capacity { newest.removeFirst() }
      newest.append(attempt)
    }
  }

  /// What was found last.
  var last: Attempt? { newest.last ?? first.last }

  /// One line for each look; of more than `limit` the first few and the last ones, with a count between.
  func lines(atMost limit: Int) -> [String] {
    let kept = first.count + newest.count
    guard count > limit else { return (first + newest).map(\.line) }
    let head = min(limit, kept) / 3
    let tail = min(limit, kept) - head
    let all = first + newest
    return all.prefix(head).map(\.line) + ["… \(count - head - tail) more"]
      + all.suffix(tail).map(\.line)
  }

  /// Every look that is here, for the evidence.
  var text: String {
    lines(atMost: first.count + newest.count).joined(separator: "\n") + "\n"
  }
}

extension AttemptLog.Attempt {
  fileprivate var line: String { "#\(number) at \(begin.readable)  \(finding)" }
}

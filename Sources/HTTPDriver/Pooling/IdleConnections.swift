/// Decides which idle connection carries the next exchange, and which ones are closed.
///
/// It only decides: it knows no connection but by its number, and reads no clock. The connection that was used last is
/// used next: it is the one that the server is least likely to have closed, and what a burst needed beyond it grows old
/// and goes.
struct IdleConnections {
  /// What carries the next exchange.
  enum Choice: Equatable {
    /// An idle connection, which is idle no more.
    case reuse(Int)
    /// A new one: none is idle.
    case open
    /// Nothing: the pool is closed.
    case refuse
  }

  private struct Idle {
    let number: Int
    let since: ContinuousClock.Instant
  }

  private let limit: Int
  private let timeout: Duration
  /// The one that was used last is at the end.
  private var idle: [Idle] = []
  private(set) var isClosed = false

  /// Keeps at most so many, none of them idle for longer than this.
  init(limit: Int, timeout: Duration) {
    self.limit = max(0, limit)
    self.timeout = timeout
    idle.reserveCapacity(min(self.limit, 64))
  }

  /// The numbers of the idle ones, the one that was used last at the end.
  var numbers: [Int] { idle.map(\.number) }

  /// An exchange begins; `expired` are to be closed, as they were idle for too long.
  mutating func take(at now: ContinuousClock.Instant) -> (choice: Choice, expired: [Int]) {
    guard !isClosed else { return (.refuse, []) }
    let expired = removeExpired(at: now)
    guard let last = idle.popLast() else { return (.open, expired) }
    return (.reuse(last.number), expired)
  }

  /// An exchange is over, and its connection may carry another; gives those that are to be closed instead.
  mutating func park(_ number: Int, at now: ContinuousClock.Instant) -> [Int] {
    guard !isClosed else { return [number] }
    var closing = removeExpired(at: now)
    idle.append(Idle(number: number, since: now))
    // The oldest goes: with no room at all, that is this one.
    if idle.count > limit { closing.append(idle.removeFirst().number) }
    return closing
  }

  /// A connection is gone, idle or not.
  mutating func lost(_ number: Int) {
    idle.removeAll { $0.number == number }
  }

  /// The pool is over: nothing is kept any more.
  mutating func close() {
    isClosed = true
    idle = []
  }

  private mutating func removeExpired(at now: ContinuousClock.Instant) -> [Int] {
    // The first is the oldest; mostly it is young enough.
    guard let first = idle.first, first.since.duration(to: now) > timeout else { return [] }
    let count = idle.firstIndex { $0.since.duration(to: now) <= timeout } ?? idle.count
    defer { idle.removeFirst(count) }
    return idle.prefix(count).map(\.number)
  }
}

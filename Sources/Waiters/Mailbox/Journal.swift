import DequeModule

/// Keeps the newest events of a channel, numbered from 1, and the count of all.
struct Journal: Sendable {
  struct Entry: Sendable {
    /// The event's place in everything that was sent, from 1.
    let number: Int
    let event: PayloadBox
  }

  let capacity: Int
  private(set) var entries: Deque<Entry> = []
  /// How many were taken in, those that fell off included.
  private(set) var count = 0
  private var fallen: PayloadBox?

  /// The journal of a channel keeps 100 events.
  init(capacity: Int = 100) {
    self.capacity = capacity
  }

  /// Takes in an event and numbers it.
  mutating func append(_ event: PayloadBox) -> Entry {
    count += 1
    let entry = Entry(number: count, event: event)
    if entries.count == capacity { fallen = entries.removeFirst().event }
    entries.append(entry)
    return entry
  }

  /// Takes out the event that fell off last, for the caller to let go outside of the lock: its `deinit` is
  /// code of a user, and may use the channel.
  mutating func takeFallen() -> PayloadBox? {
    defer { fallen = nil }
    return fallen
  }
}

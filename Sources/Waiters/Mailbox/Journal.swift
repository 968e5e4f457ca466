import DequeModule

/// Keeps the newest events of a channel, numbered from 1, and the count of all.
struct Journal<Event: Sendable>: Sendable {
  struct Entry: Sendable {
    /// The event's place in everything that was sent, from 1.
    let number: Int
    let event: Event
  }

  let capacity: Int
  private(set) var entries: Deque<Entry> = []
  /// How many were taken in, those that fell off included.
  private(set) var count = 0

  /// The journal of a channel keeps 100 events.
  init(capacity: Int = 100) {
    self.capacity = capacity
  }

  /// Takes in an event and numbers it.
  mutating func append(_ event: Event) -> Entry {
    count += 1
    let entry = Entry(number: count, event: event)
    if entries.count == capacity { entries.removeFirst() }
    entries.append(entry)
    return entry
  }
}

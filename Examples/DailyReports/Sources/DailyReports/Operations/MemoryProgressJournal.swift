import NIOConcurrencyHelpers

/// A journal in memory, which forgets the oldest finished operations first.
public final class MemoryProgressJournal: ProgressJournal {
  private struct Entry {
    var events: [ProgressEvent] = []
    var followers: [Int: AsyncStream<ProgressEvent>.Continuation] = [:]
    var isFinished = false
  }

  private struct State {
    var entries: [OperationID: Entry] = [:]
    var finished: [OperationID] = []
    var nextFollower = 0
  }

  private let capacity: Int
  private let state = NIOLockedValueBox(State())

  /// Makes an empty journal.
  ///
  /// - Parameter capacity: the number of finished operations that late followers can still read.
  public init(capacity: Int = 1_000) {
    self.capacity = capacity
  }

  public func open(_ operation: OperationID) {
    state.withLockedValue { $0.entries[operation] = Entry() }
  }

  public func record(_ event: ProgressEvent) {
    let leaving = state.withLockedValue { state -> [AsyncStream<ProgressEvent>.Continuation] in
      guard var entry = state.entries[event.operation] else { return [] }
      entry.events.append(event)
      // Inside the lock, or a follower that joins just now could see this message before older ones.
      for follower in entry.followers.values { follower.yield(event) }
      guard event.isTerminal else {
        state.entries[event.operation] = entry
        return []
      }
      let followers = Array(entry.followers.values)
      entry.followers = [:]
      entry.isFinished = true
      state.entries[event.operation] = entry
      state.finished.append(event.operation)
      if state.finished.count > capacity { state.entries[state.finished.removeFirst()] = nil }
      return followers
    }
    // Outside the lock: the end of a stream calls its termination handler, which takes the lock.
    for follower in leaving { follower.finish() }
  }

  public func knows(_ operation: OperationID) -> Bool {
    state.withLockedValue { $0.entries[operation] != nil }
  }

  public func follow(_ operation: OperationID) -> AsyncStream<ProgressEvent>? {
    let (stream, continuation) = AsyncStream.makeStream(of: ProgressEvent.self)
    let joined = state.withLockedValue { state -> (number: Int, isFinished: Bool)? in
      guard var entry = state.entries[operation] else { return nil }
      for event in entry.events { continuation.yield(event) }
      state.nextFollower += 1
      if !entry.isFinished { entry.followers[state.nextFollower] = continuation }
      state.entries[operation] = entry
      return (state.nextFollower, entry.isFinished)
    }
    guard let joined else { return nil }
    if joined.isFinished {
      continuation.finish()
    } else {
      continuation.onTermination = { [state] _ in
        state.withLockedValue { $0.entries[operation]?.followers[joined.number] = nil }
      }
    }
    return stream
  }
}

import DequeModule
import HarnessLock

/// Work on a channel that has to wait for its lock, or that runs conditions of a user: one thread for each channel
/// that needs one, for as long as there is something to do.
///
/// A condition that blocks holds the lock of its channel. What expires on that channel meanwhile waits here, on one
/// thread, and not on one for each.
enum ChannelAide {
  private static let work = Lock<[ObjectIdentifier: Deque<@Sendable () -> Void>]>([:])

  /// Runs `body` on the channel's thread, after what was given before.
  static func run(for channel: any AnyObject & Sendable, _ body: @escaping @Sendable () -> Void) {
    let key = ObjectIdentifier(channel)
    let isFirst = work.withLock { work in
      defer { work[key, default: []].append(body) }
      return work[key] == nil
    }
    guard isFirst else { return }
    BackgroundThread.start {
      // The channel lives as long as its name is taken.
      withExtendedLifetime(channel) {
        while let body = next(key) { body() }
      }
    }
  }

  private static func next(_ key: ObjectIdentifier) -> (@Sendable () -> Void)? {
    work.withLock { work in
      if let body = work[key]?.popFirst() { return body }
      work[key] = nil
      return nil
    }
  }
}

#if os(Linux)
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif
  import HarnessLock

  /// The events of files by inotify: one instance and one thread, which starts with the first subscriber.
  final class FileEventSource: Sendable {
    static let shared = FileEventSource()

    /// The instance, once there is one: not something that a test has left behind.
    private static let own = Lock<Int32?>(nil)

    /// Whether a descriptor is the instance.
    static func isOwn(_ number: Int32) -> Bool { own.withLock { $0 == number } }

    private struct Contents {
      var registry = WatchRegistry<Int32>()
      var hints: [Int: @Sendable () -> Void] = [:]
      var nextSubscriber = 0
    }

    private let contents = Lock(Contents())
    /// The instance, which lives as long as the process; below 0, the error number that there is none for.
    let descriptor: Int32

    /// What may change where a path leads to, or what lies there.
    private static let events = UInt32(
      IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
        | IN_MODIFY
        | IN_CLOSE_WRITE | IN_ATTRIB)

    private init() {
      let number = inotify_init1(Int32(IN_CLOEXEC))
      descriptor = number >= 0 ? number : -errno
      if number >= 0 {
        Self.own.withLock { $0 = number }
        BackgroundThread.start(named: "harness-files") { [self] in readEvents() }
      }
    }

    func subscribe(_ hint: @escaping @Sendable () -> Void) -> Int {
      contents.withLock { contents in
        defer { contents.nextSubscriber += 1 }
        contents.hints[contents.nextSubscriber] = hint
        return contents.nextSubscriber
      }
    }

    func unsubscribe(_ subscriber: Int) {
      // Let go after the lock.
      var hint: (@Sendable () -> Void)?
      contents.withLock { contents in
        hint = contents.hints.removeValue(forKey: subscriber)
        for watch in contents.registry.remove(subscriber) { inotify_rm_watch(descriptor, watch) }
      }
      withExtendedLifetime(hint) {}
    }

    /// Watches a folder for one name in it, or a file or folder for everything; gives the reason where
    /// that is not possible.
    func watch(_ path: String, name: String?, for subscriber: Int) -> String? {
      if descriptor < 0 { return "inotify: \(systemText(-descriptor))" }
      // Within the lock, so that the reader finds the watch registered when its first event comes.
      let code: Int32 = contents.withLock { contents in
        let watch = unsafe inotify_add_watch(descriptor, path, Self.events)
        if watch < 0 { return errno }
        contents.registry.add(watch, subscriber, name: name)
        return 0
      }
      // What has gone in the meantime was told of by the watch of the folder that it was in.
      if code == 0 || code == ENOENT || code == ENOTDIR { return nil }
      return "inotify: \(path): \(systemText(code))"
    }

    private func readEvents() {
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = unsafe buffer.withUnsafeMutableBytes {
          unsafe read(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR { continue }
        // Not possible while the descriptor is ours; a loop without end would be worse.
        if count <= 0 { return }
        tell(InotifyEvent.events(in: buffer[..<count]))
      }
    }

    private func tell(_ events: [InotifyEvent]) {
      let hints = contents.withLock { contents in
        var subscribers: Set<Int> = []
        for event in events {
          if event.hasOverflowed {
            subscribers.formUnion(contents.hints.keys)
          } else {
            subscribers.formUnion(
              contents.registry.subscribers(to: event.watch, name: event.name))
          }
          if event.isEnd { contents.registry.forget(event.watch) }
        }
        return subscribers.compactMap { contents.hints[$0] }
      }
      for hint in hints { hint() }
    }
  }
#endif

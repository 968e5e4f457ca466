#if !os(Linux)
  import Dispatch
  #if canImport(Darwin)
    import Darwin
  #endif
  import HarnessLock

  /// The events of files by kqueue, through Dispatch: a source for each thing that is watched.
  ///
  /// Not run yet.
  /// A folder tells that its entries have changed, and not which, so that every change is a hint.
  final class FileEventSource: Sendable {
    static let shared = FileEventSource()

    private struct Contents {
      var sources: [Int: [String: any DispatchSourceFileSystemObject]] = [:]
      var hints: [Int: @Sendable () -> Void] = [:]
      var nextSubscriber = 0
    }

    private let contents = Lock(Contents())
    private let queue = DispatchQueue(label: "harness-files")

    func subscribe(_ hint: @escaping @Sendable () -> Void) -> Int {
      contents.withLock { contents in
        defer { contents.nextSubscriber += 1 }
        contents.hints[contents.nextSubscriber] = hint
        return contents.nextSubscriber
      }
    }

    func unsubscribe(_ subscriber: Int) {
      let sources = contents.withLock { contents in
        contents.hints[subscriber] = nil
        return contents.sources.removeValue(forKey: subscriber)
      }
      for source in (sources ?? [:]).values { source.cancel() }
    }

    /// Watches a file or folder; gives the reason where that is not possible.
    func watch(_ path: String, name: String?, for subscriber: Int) -> String? {
      if contents.withLock({ $0.sources[subscriber]?[path] != nil }) { return nil }
      let descriptor = open(path, O_EVTONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        return errno == ENOENT || errno == ENOTDIR ? nil : "kqueue: \(path): \(systemText(errno))"
      }
      let source = DispatchSource.makeFileSystemObjectSource(
        fileDescriptor: descriptor, eventMask: [.write, .extend, .delete, .rename, .attrib, .link],
        queue: queue)
      source.setCancelHandler { close(descriptor) }
      source.setEventHandler { [weak self] in self?.tell(subscriber, path) }
      contents.withLock { $0.sources[subscriber, default: [:]][path] = source }
      source.activate()
      return nil
    }

    private func tell(_ subscriber: Int, _ path: String) {
      let (hint, source) = contents.withLock { contents in
        // What is no longer at its path is watched anew by who looks next.
        let isGone = contents.sources[subscriber]?[path].map { source in
          !source.data.intersection([.delete, .rename]).isEmpty
        }
        let source = isGone == true ? contents.sources[subscriber]?.removeValue(forKey: path) : nil
        return (contents.hints[subscriber], source)
      }
      source?.cancel()
      hint?()
    }
  }
#endif

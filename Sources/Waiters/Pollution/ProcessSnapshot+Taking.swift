#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import HarnessProcess
import HarnessReporting

extension ProcessSnapshot {
  /// Looks at what there is of some kinds.
  ///
  /// Of the waits only those of the test that a reporter belongs to, and that began since `start`, where one is given:
  /// of many at one channel only the oldest are known each time, and those before the scope are not its own.
  static func take(
    _ kinds: Set<PollutionKind>, ofTestOf reporter: Reporter,
    since start: ContinuousClock.Instant? = nil, _ runtime: inout RuntimeParts
  ) -> ProcessSnapshot {
    var snapshot = ProcessSnapshot()
    // The threads first: by them it is known which descriptors are the runtime's.
    if kinds.contains(.threads) || kinds.contains(.descriptors) {
      let threads = runtime.otherThreads()
      if kinds.contains(.threads) { snapshot.threads = threads }
    }
    if kinds.contains(.descriptors) { snapshot.descriptors = runtime.otherDescriptors() }
    if kinds.contains(.waits) { snapshot.addWaits(ofTestOf: reporter, since: start) }
    if kinds.contains(.environment) { snapshot.environment = currentEnvironment() }
    if kinds.contains(.workingDirectory) { snapshot.workingDirectory = Waiters.workingDirectory() }
    if kinds.contains(.temporaryFiles) { snapshot.temporary = .current }
    return snapshot
  }

  private mutating func addWaits(
    ofTestOf reporter: Reporter, since start: ContinuousClock.Instant?
  ) {
    let now = ContinuousClock.now
    for channel in WaitTable.freshSnapshot(now: now).channels
    where channel.test == reporter.testIdentity {
      for entry in channel.oldest where start.map({ $0 <= entry.row.start }) ?? true {
        waits[Wait(source: entry.source, number: entry.number)] = entry.row.line(at: now)
      }
      if let entry = channel.oldest.first {
        crowds[entry.source] = Crowd(count: channel.count, wanted: entry.row.wanted)
      }
    }
  }
}

extension ProcessSnapshot.TemporaryFolder {
  /// The folder that `TMPDIR` names, or `/tmp`, with what this user has in it.
  static var current: ProcessSnapshot.TemporaryFolder {
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    let path = PathSteps.walk(absolutePath(named.isEmpty ? "/tmp" : named)) { folder, name in
      PathSteps.Entry(at: PathSteps.join(folder, name))
    }.target
    guard let path else { return .init(path: named, isShared: true, entries: [:]) }
    let isShared = ["/tmp", "/var/tmp", "/private/tmp", "/private/var/tmp"].contains(path)
    var entries: [String: String] = [:]
    for name in FolderListing(of: path).names {
      var facts = stat()
      guard unsafe lstat(PathSteps.join(path, name), &facts) == 0, facts.st_uid == geteuid() else {
        continue
      }
      entries[name] =
        switch facts.st_mode & S_IFMT {
        case S_IFREG: "a file of \(Int(facts.st_size).counted("byte"))"
        case S_IFDIR: "a folder"
        case S_IFSOCK: "a socket"
        case S_IFLNK: "a link"
        default: "neither a file nor a folder"
        }
    }
    return .init(path: path, isShared: isShared, entries: entries)
  }
}

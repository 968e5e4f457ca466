import HarnessLock

/// A path that a test waits for: until something is there, is gone, has changed, or holds what it should.
///
/// ```swift
/// try await FileWatch("out/report.csv").untilExists()
///
/// let log = FileWatch("service.log")
/// try await log.until("the log says that it is ready") { $0.text.contains("ready") }
/// ```
///
/// The system tells when to look again, by inotify on Linux, and what counts is what is found then: a file
/// that is written beside the path and renamed over it is seen, and so is one in a folder that does not exist
/// yet, and one behind a symbolic link. Nothing is lost between a look and the wait for the next event, for
/// everything is watched before it is looked at.
///
/// A file exists before it is complete. Where that matters, wait for what it should hold.
///
/// File systems that do not tell of changes made elsewhere (NFS, `/proc`) are looked at only when a wait
/// begins and when its deadline has passed: for these take ``poll(every:_:within:fileID:filePath:line:column:_:until:)``.
///
/// Make it in the test's body, so that its failures are shown under the test.
public final class FileWatch: Sendable {
  /// The path that is watched, as it was given.
  public let path: String
  let absolutePath: String
  let lookout: Lookout
  private let events: FileEvents
  private let contents: Lock<Contents>

  private struct Contents {
    /// What was there when the watch was made, or when the last wait ended.
    var baseline: FileState
    /// Why not everything could be watched at the last look.
    var problem: String?
    /// Where the path led to at the last look.
    var end: PathSteps.End
  }

  /// Begins to watch a path; a relative one begins in the working directory of this moment.
  ///
  /// What is there now is what ``untilChanged(within:fileID:filePath:line:column:)`` compares with.
  public init(_ path: String) {
    self.path = path
    absolutePath = Waiters.absolutePath(path)
    let lookout = Lookout(path)
    self.lookout = lookout
    events = FileEvents { lookout.hints.hint() }
    let (end, problem) = events.watch(absolutePath)
    contents = Lock(
      Contents(baseline: FileState(at: absolutePath), problem: problem, end: end))
  }

  /// What there is now.
  public var state: FileState { FileState(at: absolutePath) }

  /// What there was when the watch was made, or when the last wait ended.
  var baseline: FileState { contents.withLock { $0.baseline } }

  /// Watches what is there to be watched, and then looks.
  func look() -> FileState {
    let (end, problem) = events.watch(absolutePath)
    contents.withLock { ($0.end, $0.problem) = (end, problem) }
    return FileState(at: absolutePath)
  }

  /// A wait has ended with this.
  func settle(_ state: FileState) {
    contents.withLock { $0.baseline = state }
  }

  /// Where the system cannot tell of everything, looking now and then makes up for it.
  var interval: Duration? {
    contents.withLock { $0.problem == nil ? nil : FileAccount.intervalWithoutEvents }
  }

  var facts: FileAccount.Facts {
    let (end, problem) = contents.withLock { ($0.end, $0.problem) }
    return FileAccount.Facts(path: path, end: end, problem: problem, state: state)
  }
}

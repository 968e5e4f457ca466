/// What a test can leave behind in its process.
public enum PollutionKind: Sendable, Hashable, CaseIterable {
  /// Open file descriptors: files, sockets, pipes.
  case descriptors
  /// Threads; those of the runtime and of the harness do not count. Linux only.
  case threads
  /// Tasks that wait in a channel which the test has made.
  case waits
  /// Environment variables that were set, changed or removed.
  case environment
  /// Another working directory.
  case workingDirectory
  /// Files and folders in the folder for temporary files, which `TMPDIR` names.
  case temporaryFiles
}

import HarnessProcess

/// How a process ended.
public enum ProcessExit: Sendable, Equatable {
  /// It ended by itself, with this status; 0 stands for success.
  case exited(Int32)
  /// A signal ended it; 15 is SIGTERM, 9 is SIGKILL.
  case signalled(Int32)
  /// It ended, but other code of this process took its status: by waiting for any child, or by ignoring
  /// SIGCHLD.
  case unknown

  init(_ status: ProcessStatus) {
    self =
      switch status {
      case .exited(let status): .exited(status)
      case .signalled(let signal): .signalled(signal)
      case .unknown: .unknown
      }
  }
}

extension ProcessExit: CustomStringConvertible {
  /// The end in words, such as `exit status 1` or `signal 9`.
  public var description: String {
    switch self {
    case .exited(let status): "\(ProcessStatus.exited(status))"
    case .signalled(let signal): "\(ProcessStatus.signalled(signal))"
    case .unknown: "\(ProcessStatus.unknown)"
    }
  }
}

/// Why a process writes no more lines: the error that closes ``RunningProcess/lines``.
public struct ProcessEnded: Error, Sendable, CustomStringConvertible {
  /// The name of the program, without its folder.
  public let name: String
  /// How it ended.
  public let exit: ProcessExit

  /// What ended and how, such as `sh ended with exit status 3`.
  public var description: String { "\(name) ended with \(exit)" }
}

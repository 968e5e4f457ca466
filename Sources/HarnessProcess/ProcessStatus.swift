/// How a process ended.
package enum ProcessStatus: Sendable, Equatable {
  /// It ended by itself, with this status.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)
  /// It ended, but other code of this process took its status: by waiting for any child, or by ignoring
  /// SIGCHLD.
  case unknown

  /// Whether it ended by itself with status 0.
  package var isSuccess: Bool { self == .exited(0) }
}

extension ProcessStatus: CustomStringConvertible {
  /// The end in words, such as `exit status 1` or `signal 9`.
  package var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let signal): "signal \(signal)"
    case .unknown: "unknown status, taken by other code that waits for children"
    }
  }
}

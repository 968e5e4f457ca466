#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The system's words for an error number.
func systemText(_ errno: Int32) -> String { unsafe String(cString: strerror(errno)) }

/// A program could not be started.
package struct LaunchError: Error, Sendable, Equatable {
  /// The path or name that was to be started.
  package let executable: String
  /// Where it was to run; nil is where this process does.
  package let workingDirectory: String?
  /// The system's reason.
  package let errno: Int32
  /// Whether the working directory is what is missing.
  let lacksWorkingDirectory: Bool

  init(_ command: Command, errno: Int32) {
    executable = command.executable
    workingDirectory = command.workingDirectory
    self.errno = errno
    lacksWorkingDirectory =
      command.workingDirectory.map { unsafe access($0, X_OK) != 0 } ?? false
  }
}

extension LaunchError: CustomStringConvertible {
  /// What could not be started and why.
  package var description: String {
    let reason = systemText(errno)
    if let workingDirectory, lacksWorkingDirectory {
      return "cannot start \(executable) in \(workingDirectory), which cannot be entered: \(reason)"
    }
    let place = workingDirectory.map { " in \($0)" } ?? ""
    let searched =
      errno == ENOENT && !executable.contains("/") ? "; it was looked up in PATH" : ""
    return "cannot start \(executable)\(place): \(reason)\(searched)"
  }
}

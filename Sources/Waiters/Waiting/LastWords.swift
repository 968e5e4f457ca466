#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the watchdog writes to standard error, itself, when no task can be relied on to say it.
enum LastWords {
  /// How long a woken task has to tell its failure before the watchdog does.
  static let grace = Duration.milliseconds(10)

  /// Writes a verdict whose task has not been given a thread.
  static func print(_ verdict: String) {
    let lines = """
      \(verdict)
        resumed   not yet: the threads of the cooperative pool are blocked, or the machine is busy
      """
    // The prefix tells these lines from the output of the test that is printed around them.
    var text = lines.split(separator: "\n").map { "watchdog: \($0)\n" }.joined()
    // One write, so that other threads' output does not come between; what is cut off is lost.
    text.withUTF8 { bytes in
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}

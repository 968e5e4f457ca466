#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import DequeModule
import HarnessLock

/// What the harness writes to standard error, itself, when no task can be relied on to say it.
///
/// A thread of its own puts a verdict into words: that runs the descriptions of a user's values, and
/// standard error may be a full pipe, neither of which is to hold up the watchdog.
enum LastWords {
  /// How long a woken task has to tell its failure before the watchdog does.
  static let grace = Duration.milliseconds(5)

  /// How many verdicts of one moment are said; of the others only the number is.
  ///
  /// Where the pool is blocked
  /// thousands of waits may expire together, and they have one cause.
  static let limit = 10

  /// Says a verdict whose task has not been given a thread.
  static func say(_ verdict: @escaping @Sendable () -> String) {
    verdicts.withLock { $0.append(verdict) }
    verdicts.wake()
  }

  private static let verdicts: Condition<Deque<@Sendable () -> String>> = {
    let verdicts = Condition(Deque<@Sendable () -> String>())
    BackgroundThread.start {
      while true {
        let batch: Deque<@Sendable () -> String> = verdicts.wait { verdicts in
          if verdicts.isEmpty { return .wait(atMost: nil) }
          defer { verdicts = [] }
          return .finish(verdicts)
        }
        for verdict in batch.prefix(limit) { write(verdict()) }
        let rest = batch.count - limit
        if rest > 0 { write("… and \(rest) more waits whose deadline has passed") }
      }
    }
    return verdicts
  }()

  /// Writes lines to standard error: in one piece, so that other threads' output does not come between;
  /// what is cut off is lost.
  static func write(_ lines: String) {
    // The prefix tells these lines from the output of the test that is printed around them.
    var text = lines.split(separator: "\n").map { "watchdog: \($0)\n" }.joined()
    text.withUTF8 { bytes in
      #if canImport(Darwin)
        _ = unsafe Darwin.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
      #elseif canImport(Musl)
        _ = unsafe Musl.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
      #else
        _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
      #endif
    }
  }
}

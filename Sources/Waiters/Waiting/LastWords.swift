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
  static let grace = Duration.milliseconds(10)

  /// Says a verdict whose task has not been given a thread.
  static func say(_ verdict: @escaping @Sendable () -> String) {
    verdicts.withLock { $0.append(verdict) }
    verdicts.wake()
  }

  private static let verdicts: Condition<Deque<@Sendable () -> String>> = {
    let verdicts = Condition(Deque<@Sendable () -> String>())
    BackgroundThread.start {
      while true {
        let verdict = verdicts.wait { verdicts in
          verdicts.popFirst().map { .finish($0) } ?? .wait(atMost: nil)
        }
        print(verdict())
      }
    }
    return verdicts
  }()

  private static func print(_ verdict: String) {
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

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import HarnessLock

/// What the harness writes to standard error, itself, when no task can be relied on to say it.
///
/// It is put into words by ``SideWork``: that runs the descriptions of a user's values, and standard error may be
/// a full pipe, neither of which is to hold up the watchdog.
enum LastWords {
  /// How long a woken task has to tell its failure before the watchdog does.
  static let grace = Duration.milliseconds(5)

  private static let budget = Lock(VerdictBudget())

  /// Says a verdict whose task has not been given a thread.
  static func say(_ verdict: @escaping @Sendable () -> String) {
    SideWork.run {
      switch budget.withLock({ $0.admit(at: .realNow) }) {
      case .say: write(verdict())
      case .skip: break
      case .skipFirst(until: let end):
        _ = Watchdog.arm(at: end) {
          SideWork.run {
            let count = budget.withLock { $0.takeSkipped() }
            if count > 0 { write("… and \(count) more waits whose deadline has passed") }
          }
        }
      }
    }
  }

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

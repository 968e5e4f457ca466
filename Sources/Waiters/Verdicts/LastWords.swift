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

  private enum Work: Sendable {
    case say(@Sendable () -> String)
    case run(@Sendable () -> Void)
  }

  /// Says a verdict whose task has not been given a thread.
  static func say(_ verdict: @escaping @Sendable () -> String) { add(.say(verdict)) }

  /// Runs what may block, on the thread that says verdicts.
  static func run(_ body: @escaping @Sendable () -> Void) { add(.run(body)) }

  private static func add(_ item: Work) {
    work.withLock { $0.append(item) }
    work.wake()
  }

  private static let work: Condition<Deque<Work>> = {
    let work = Condition(Deque<Work>())
    BackgroundThread.start {
      while true {
        let batch: Deque<Work> = work.wait { work in
          if work.isEmpty { return .wait(atMost: nil) }
          defer { work = [] }
          return .finish(work)
        }
        var verdicts = 0
        for item in batch {
          switch item {
          case .run(let body): body()
          case .say(let verdict):
            verdicts += 1
            if verdicts <= limit { write(verdict()) }
          }
        }
        if verdicts > limit {
          write("… and \(verdicts - limit) more waits whose deadline has passed")
        }
      }
    }
    return work
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

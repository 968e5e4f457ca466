import Dispatch
import Foundation
@_spi(Benchmarks) import Waiters

/// How late a verdict is taken and printed while every thread of the cooperative pool is blocked.
struct VerdictLateness {
  /// Milliseconds from the deadline to the verdict: the worst of the runs.
  let taken: Double
  /// Milliseconds from the deadline to its last line on standard error: the worst of the runs.
  let printed: Double

  static func measure(runs: Int) async -> VerdictLateness {
    var (taken, printed) = (0.0, 0.0)
    for _ in 0..<runs {
      let run = await measureOnce()
      (taken, printed) = (max(taken, run.taken), max(printed, run.printed))
    }
    return VerdictLateness(taken: taken, printed: printed)
  }

  private static func measureOnce() async -> (taken: Double, printed: Double) {
    let mailbox = Mailbox<Int>("bench")
    let deadline = Duration.milliseconds(300)
    let output = Pipe()
    let standardError = dup(STDERR_FILENO)
    dup2(output.fileHandleForWriting.fileDescriptor, STDERR_FILENO)
    let start = ContinuousClock.now
    async let report = mailbox.outcomeThatIsTold(within: deadline)
    // A thread of its own reads what the watchdog writes, and then lets the pool go.
    let reading = Reading(output.fileHandleForReading)
    blockThePool(until: reading)
    let waited = await report?.waited ?? .zero
    dup2(standardError, STDERR_FILENO)
    close(standardError)
    let printed = start.duration(to: reading.instant) - deadline
    return ((waited - deadline).milliseconds, printed.milliseconds)
  }

  private static func blockThePool(until reading: Reading) {
    for _ in 0..<(2 * ProcessInfo.processInfo.activeProcessorCount) {
      Task.detached { wait(for: reading) }
    }
    wait(for: reading)
  }

  private static func wait(for reading: Reading) { reading.end.wait() }
}

/// Reads one piece of output on a thread of its own, and says when it came.
private final class Reading: @unchecked Sendable {
  // Safe: written before `end` is entered for the last time, and read after.
  private(set) var instant = ContinuousClock.now
  let end = DispatchGroup()

  init(_ output: FileHandle) {
    end.enter()
    Thread { [self] in
      _ = output.availableData
      instant = .now
      end.leave()
    }.start()
  }
}

extension Duration {
  fileprivate var milliseconds: Double { self / .milliseconds(1) }
}

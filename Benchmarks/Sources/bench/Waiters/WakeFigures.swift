import Dispatch
import Foundation

/// The latencies of one run, in microseconds.
struct WakeFigures {
  let median: Double
  let p99: Double

  init(nanoseconds: [UInt64]) {
    let sorted = nanoseconds.sorted()
    median = Double(sorted[sorted.count / 2]) / 1000
    p99 = Double(sorted[sorted.count * 99 / 100]) / 1000
  }

  private init(median: Double, p99: Double) {
    self.median = median
    self.p99 = p99
  }

  /// The median of each figure over several runs.
  static func median(of runs: [WakeFigures]) -> WakeFigures {
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    return WakeFigures(median: middle(runs.map(\.median)), p99: middle(runs.map(\.p99)))
  }
}

/// Wakes one waiting task `rounds` times from a thread.
func measure(_ type: any Wake.Type, rounds: Int) async -> WakeFigures {
  let wake = type.init()
  let clock = Stopwatch()
  let waiting = DispatchSemaphore(value: 0)
  let thread = Thread {
    for _ in 0..<rounds {
      waiting.wait()
      // Long enough for the task to be parked, short enough for its thread to be awake: about 50 µs.
      let parked = DispatchTime.now().uptimeNanoseconds + 50_000 + .random(in: 0...type.phase)
      while DispatchTime.now().uptimeNanoseconds < parked {}
      clock.start()
      wake.notify()
    }
  }
  thread.start()
  var latencies: [UInt64] = []
  latencies.reserveCapacity(rounds)
  for _ in 0..<rounds {
    waiting.signal()
    await wake.wait()
    latencies.append(clock.elapsed())
  }
  return WakeFigures(nanoseconds: latencies)
}

/// Carries one instant from the notifying thread to the woken task.
private final class Stopwatch: @unchecked Sendable {
  // Safe: written before a notification and read after it, which is the happens-before of every channel
  // that is measured.
  private var started: UInt64 = 0
  func start() { started = DispatchTime.now().uptimeNanoseconds }
  func elapsed() -> UInt64 { DispatchTime.now().uptimeNanoseconds - started }
}

import Dispatch
import Foundation
@_spi(Benchmarks) import Waiters

/// What single operations cost, on this task.
enum WaitCosts {
  /// Microseconds to arm a deadline on the watchdog and disarm it, with a thousand others armed.
  static func armAndDisarm() -> Double {
    let others = (0..<1_000).map { DeadlineTimer(after: .seconds(60 + $0)) }
    defer { for other in others { other.disarm() } }
    let count = 100_000
    return microseconds(for: count) {
      for _ in 0..<count { DeadlineTimer(after: .seconds(30)).disarm() }
    }
  }

  /// Microseconds to send an event and to take it by a wait that finds it.
  static func sendAndTake() async -> Double {
    let mailbox = Mailbox<Int>("bench")
    let count = 100_000
    let start = DispatchTime.now().uptimeNanoseconds
    for number in 0..<count {
      mailbox.send(number)
      _ = await mailbox.outcomeOfNext(within: .seconds(60))
    }
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000 / Double(count)
  }

  /// Milliseconds of CPU that the process takes in a second in which so many tasks wait and nothing happens.
  static func idle(waiters: Int) async -> Double {
    let signal = Signal<Void>("never")
    let tasks = Broadcast.park(waiters, on: signal)
    let seconds = 3
    while signal.waitCount < waiters { Broadcast.rest(milliseconds: 20) }
    let before = processSeconds()
    Broadcast.rest(milliseconds: seconds * 1_000)
    let used = processSeconds() - before
    signal.send()
    for task in tasks { await task.value }
    return used * 1_000 / Double(seconds)
  }

  private static func microseconds(for count: Int, _ body: () -> Void) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000 / Double(count)
  }

  static func processSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

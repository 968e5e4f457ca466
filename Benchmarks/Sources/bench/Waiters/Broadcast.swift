import Dispatch
import Foundation
@_spi(Benchmarks) import Waiters

/// Many tasks that wait for one signal: what each costs, and how long it takes to wake them all.
struct Broadcast {
  /// What the resident set grew by, for each: it says something only where nothing was free before.
  let bytes: Double
  let milliseconds: Double

  static func measure(waiters count: Int) async -> Broadcast {
    let signal = Signal<Void>("go")
    let before = residentBytes()
    let tasks = park(count, on: signal)
    while signal.waitCount < count { rest(milliseconds: 20) }
    let bytes = Double(residentBytes() - before) / Double(count)
    let start = DispatchTime.now().uptimeNanoseconds
    signal.send()
    for task in tasks { await task.value }
    let time = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
    return Broadcast(bytes: bytes, milliseconds: time)
  }

  static func park(_ count: Int, on signal: Signal<Void>) -> [Task<Void, Never>] {
    (0..<count).map { _ in Task { _ = await signal.outcome(within: .seconds(600)) } }
  }

  /// Blocks this thread for a moment, and leaves the others to the tasks that go to wait.
  static func rest(milliseconds: Int) {
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
  }

  /// The resident set of this process (proc(5), `/proc/pid/statm`, second field).
  private static func residentBytes() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

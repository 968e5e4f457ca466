import Foundation

/// Which cores the threads of this process may run on.
///
/// Where a thread is woken on another core that has gone to sleep, most of the time is the machine's: 25 µs on
/// a virtual one. Whether a channel's task is woken there or beside its sender is the scheduler's guess, so
/// channels are compared on one core as well, where it has nothing to guess.
enum Placement: String, CaseIterable {
  case oneCore = "all threads on one core"
  case allCores = "threads on all cores, as the scheduler places them"

  /// Runs `body` with all threads placed so; says so where `taskset` (util-linux) cannot place them.
  func run(_ body: () async -> Void) async {
    guard self == .oneCore else { return await body() }
    do {
      try Self.place(on: "0")
    } catch {
      return print("not measured with \(rawValue): \(error)\n")
    }
    await body()
    do {
      try Self.place(on: "0-\(ProcessInfo.processInfo.processorCount - 1)")
    } catch {
      fatalError("threads stay on one core: \(error)")
    }
  }

  /// Threads that start later inherit the place of the one that starts them.
  private static func place(on cores: String) throws {
    let taskset = Process()
    taskset.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let process = "\(ProcessInfo.processInfo.processIdentifier)"
    taskset.arguments = ["taskset", "--all-tasks", "--cpu-list", "--pid", cores, process]
    taskset.standardOutput = FileHandle.nullDevice
    try taskset.run()
    taskset.waitUntilExit()
    guard taskset.terminationStatus == 0 else { throw Unplaced(status: taskset.terminationStatus) }
  }

  private struct Unplaced: Error, CustomStringConvertible {
    let status: Int32
    var description: String { "taskset ended with status \(status)" }
  }
}

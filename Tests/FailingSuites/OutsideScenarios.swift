import Foundation
import Waiters

/// Waits for the outside that fail, one for each thing that there is to wait for, as suites of both
/// frameworks run them.
enum OutsideScenario: String, CaseIterable {
  case polled, file, listener, noAddress, processExit, processLine, processThatStays
  case processNotStarted, calledTwice, neverCalled, heldForEver, brokenSequence

  func run() async throws {
    switch self {
    case .polled: try await polled()
    case .file:
      let folder = FileManager.default.temporaryDirectory.path
      try await FileWatch("\(folder)/report.csv").untilExists(within: .milliseconds(300))
    case .listener:
      try await waitForListener(at: .unixSocket("/nowhere/a.sock"), within: .milliseconds(300))
    case .noAddress: try await waitForListener(at: .port(0))
    case .processExit: try await processExit()
    case .processLine: try await processLine()
    case .processThatStays: try await processThatStays()
    case .processNotStarted: try await withProcess("/nowhere/program") { _ in }
    case .calledTwice: try await calledTwice()
    case .neverCalled: let _: Int = try await completion(of: "fetch") { _ in }
    case .heldForEver: try await heldForEver()
    case .brokenSequence: try await brokenSequence()
    }
  }

  private func polled() async throws {
    var looks = 0
    try await poll(every: .milliseconds(500), "stored orders", within: .milliseconds(300)) {
      looks += 1
      return looks
    } until: {
      $0 == 3
    }
  }

  private func processExit() async throws {
    try await withProcess("/bin/sh", ["-c", "echo one; echo two >&2; exit 3"]) { process in
      try await process.expectExit(.exited(0))
    }
  }

  private func processLine() async throws {
    try await withProcess("/bin/sh", ["-c", "echo one; echo two; exit 3"]) { process in
      _ = try await process.lines.first { $0.text == "three" }
    }
  }

  private func processThatStays() async throws {
    try await withProcess("/bin/sh", ["-c", "echo ready; exec tail -f /dev/null"]) { process in
      _ = try await process.lines.next()
      try await process.exit(within: .milliseconds(10))
    }
  }

  private func calledTwice() async throws {
    let _: Int = try await completion(of: "fetch") { done in
      done.send(1)
      done.send(2)
      done.send(3)
    }
  }

  private func heldForEver() async throws {
    var held: Completion<Int>?
    _ = try await completion(of: "fetch", within: .milliseconds(10)) { held = $0 }
    _ = held
  }

  private func brokenSequence() async throws {
    struct Reset: Error {}
    let stream = AsyncThrowingStream<Int, any Error> { $0.finish(throwing: Reset()) }
    try await withMailbox("numbers", of: stream) { numbers in
      _ = try await numbers.next()
    }
  }
}

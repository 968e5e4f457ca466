import Foundation
import Testing
import Waiters

/// One failed wait for each thing outside.
@Suite struct OutsideSuite {
  @Test func polled() async throws {
    var looks = 0
    try await poll(every: .milliseconds(500), "stored orders", within: .milliseconds(10)) {
      looks += 1
      return looks
    } until: {
      $0 == 3
    }
  }

  @Test func file() async throws {
    try await FileWatch("/nowhere/report.csv").untilExists(within: .milliseconds(10))
  }

  @Test func listener() async throws {
    try await waitForListener(at: .unixSocket("/nowhere/a.sock"), within: .milliseconds(10))
  }

  @Test func noAddress() async throws {
    try await waitForListener(at: .port(0))
  }

  @Test func processExit() async throws {
    try await withProcess("/bin/sh", ["-c", "echo one; echo two >&2; exit 3"]) { process in
      try await process.expectExit(.exited(0))
    }
  }

  @Test func processLine() async throws {
    try await withProcess("/bin/sh", ["-c", "echo one; echo two; exit 3"]) { process in
      _ = try await process.lines.first { $0.text == "three" }
    }
  }

  @Test func processThatStays() async throws {
    try await withProcess("/bin/sh", ["-c", "echo ready; exec tail -f /dev/null"]) { process in
      _ = try await process.lines.next()
      try await process.exit(within: .milliseconds(10))
    }
  }

  @Test func processNotStarted() async throws {
    try await withProcess("/nowhere/program") { _ in }
  }

  @Test func calledTwice() async throws {
    let value: Int = try await completion(of: "fetch") { done in
      done.send(1)
      done.send(2)
      done.send(3)
    }
    #expect(value == 1)
  }

  @Test func neverCalled() async throws {
    let _: Int = try await completion(of: "fetch") { _ in }
  }

  @Test func heldForEver() async throws {
    var held: Completion<Int>?
    _ = try await completion(of: "fetch", within: .milliseconds(10)) { held = $0 }
    _ = held
  }

  @Test func brokenSequence() async throws {
    struct Reset: Error {}
    let stream = AsyncThrowingStream<Int, any Error> { $0.finish(throwing: Reset()) }
    try await withMailbox("numbers", of: stream) { numbers in
      _ = try await numbers.next()
    }
  }
}

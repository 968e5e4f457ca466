import Foundation
import HarnessReporting
import Testing

@testable import Waiters

@Suite struct `A running process` {
  @Test func `is heard of line by line, and then ends`() async throws {
    let script = "echo one; echo two >&2; exit 3"
    try await withProcess("/bin/sh", ["-c", script]) { process in
      let error = try await process.lines.first { $0.stream == .error }
      #expect(error == ProcessLine("two", on: .error))
      let output = try await process.lines.next()
      #expect(output == ProcessLine("one"))
      let exit = try await process.exit()
      #expect(exit == .exited(3))
      #expect(process.standardOutput == "one\n")
      #expect(process.standardError == "two\n")
    }
  }

  @Test func `has told all its lines when its end is told`() async throws {
    try await withProcess("/bin/sh", ["-c", "seq 1 5000"]) { process in
      let exit = try await process.ended.value()
      #expect(exit == .exited(0))
      let lines = await process.lines.outcomeOfCollect(count: 5_000, within: .zero).value
      #expect(lines?.last?.text == "5000")
    }
  }

  @Test func `closes its lines with how it ended`() async throws {
    try await withProcess("/bin/sh", ["-c", "exit 4"]) { process in
      guard case .closed(let report) = await process.lines.outcomeOfNext() else {
        Issue.record("the lines are not closed")
        return
      }
      let ended = try #require(report.closeError as? ProcessEnded)
      #expect(ended.exit == .exited(4))
      #expect("\(ended)" == "sh ended with exit status 4")
    }
  }

  @Test func `is a fence: nothing that it does comes after its end`() async throws {
    let warnings = Mailbox<String>("warnings")
    try await withProcess("/bin/sh", ["-c", "echo done"]) { process in
      try await warnings.expectNone(until: .exit(of: process))
    }
  }

  @Test func `reads its input, sees its variables and runs where it is told to`() async throws {
    try await withProcess(
      "/bin/sh", ["-c", "pwd; echo $GREETING; cat"], environment: ["GREETING": "hello"],
      workingDirectory: "/", input: "typed"
    ) { process in
      try await process.expectExit(.exited(0))
      #expect(process.standardOutput == "/\nhello\ntyped")
    }
  }

  @Test func `is asked to end by the test`() async throws {
    try await withProcess("tail", ["-f", "/dev/null"]) { process in
      #expect(kill(process.id, 0) == 0)
      process.terminate()
      try await process.expectExit(.signalled(SIGTERM))
    }
  }

  @Test func `ends with its scope, and is killed where it does not`() async throws {
    let process = try await withProcess(
      "/bin/sh", ["-c", "trap '' TERM; echo ready; exec tail -f /dev/null"],
      grace: .milliseconds(20)
    ) { process in
      let first = try await process.lines.next()
      #expect(first.text == "ready")
      return process
    }
    #expect(await process.ended.outcome(within: .zero).value == .signalled(SIGKILL))
  }

  @Test func `says where its secrets were`() {
    #expect("\(ProcessLine("token=geheim done"))" == "output: token=*** done")
    #expect("\(ProcessLine("x", on: .error))" == "error: x")
  }

  @Test(arguments: [
    (ProcessExit.exited(1), "exit status 1"), (.signalled(9), "signal 9"),
    (.unknown, "unknown status, taken by other code that waits for children"),
  ])
  func `ends in words`(exit: ProcessExit, words: String) {
    #expect("\(exit)" == words)
  }
}

import Foundation
import Testing
import Waiters

/// Tests that leave something behind, run one after the other.
@Suite(.leavesNothingBehind()) struct PollutionSuite {
  @Test func descriptors() {
    leave.pipe()
    leave.listener()
  }

  @Test func thread() {
    leave.thread()
  }

  @Test func variable() {
    _ = unsafe setenv("POLLUTION_SUITE", "secret", 1)
  }

  @Test func folder() {
    _ = FileManager.default.changeCurrentDirectoryPath("/")
  }

  @Test func file() throws {
    let path = NSTemporaryDirectory() + "/left-behind.txt"
    try "text".write(toFile: path, atomically: false, encoding: .utf8)
  }

  @Test func nothing() {}

  @Test func foundationProcess() throws {
    for _ in 0..<2 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "exit 0"]
      try process.run()
      process.waitUntilExit()
    }
  }

  @Test func twoMore() throws {
    leave.pipe()
    throw CancellationError()
  }

  @Test func wait() async throws {
    let gate = Gate("commit")
    Task { try await gate.pass() }
    try await gate.arrivals()
  }
}

/// A test that leaves something behind in a run in which tests may run at once.
@Suite struct ParallelPollutionSuite {
  @Test(.leavesNothingBehind(.descriptors)) func alone() {
    leave.pipe()
  }
}

/// Two tests that run at once, of which one leaves something behind.
@Suite struct OverlappingPollutionSuite {
  private static let first = Signal<Void>("first")
  private static let second = Signal<Void>("second")

  @Test(.leavesNothingBehind(.descriptors)) func polluter() async throws {
    Self.first.send()
    try await Self.second.value()
    leave.pipe()
  }

  @Test func bystander() async throws {
    let inbox = Mailbox<Int>("inbox")
    try await Self.first.value()
    inbox.send(1)
    Self.second.send()
  }
}

/// What a careless test leaves behind.
enum leave {
  static func pipe() {
    var ends: [Int32] = [0, 0]
    _ = unsafe Foundation.pipe(&ends)
  }

  static func listener() {
    #if canImport(Glibc)
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let number = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    listen(number, 1)
  }

  static func thread() {
    let thread = Thread { DispatchSemaphore(value: 0).wait() }
    thread.name = "forgotten"
    thread.start()
  }
}

import GoldenFiles
import HarnessTestSupport
import Testing
import Waiters

/// Tests that hang, each in a process of its own, and what a user reads of them.
@Suite struct `A test that hangs` {
  /// Longer limits than the suites say, which a busy machine would miss.
  private let quick = ["HARNESS_TIME_SCALE": "2"]

  /// What the watchdog wrote, and the last line.
  private func lastWords(of run: FailingRun) -> String {
    run.output.split(separator: "\n").filter {
      $0.hasPrefix("watchdog: ") || $0.hasPrefix("hang: ")
    }
    .joined(separator: "\n")
    .replacing(#/(?m)^watchdog: {13}\d+ .*\n/#, with: "")
    .replacing(#/threads   \d+ threads:/#, with: "threads   some:")
    .replacing(#/\d+(\.\d+)? m?s, (\w+\.swift)/#) { "some time, \($0.2)" }
  }

  @Test func `fails once and lets others go on, where it reacts to the cancellation`() async throws
  {
    for (suite, framework, test) in [
      ("HangSuite", FailingRun.Framework.swiftTesting, "waits()"),
      ("HangFailures", .xctest, "HangFailures.testWaits"),
    ] {
      let run = try await FailingRun.of(suite, framework, environment: quick)
      #expect(run.exitStatus == 1)
      #expect(run.issues.map(\.test) == [test], "\(run.output)")
      try expectGolden(
        steady(run.issues.first?.message ?? ""), named: "\(framework.rawValue)/hang-that-reacts")
      try expectGolden(
        lastWords(of: run), named: "\(framework.rawValue)/last-words-of-a-hang-that-reacts")
    }
  }

  @Test func `ends the process, where it does not react`() async throws {
    for (suite, framework, line) in [
      (
        "StubbornHangSuite", FailingRun.Framework.swiftTesting,
        "hang: StubbornHangSuite/isStubborn()"
      ),
      ("StubbornHangFailures", .xctest, "hang: testIsStubborn() at HangFailures.swift:17"),
    ] {
      let run = try await FailingRun.of(suite, framework, environment: quick)
      #expect(run.exitStatus == 86)
      #expect(run.output.contains("\(line)\n"), "\(run.output)")
      #expect(run.issues.contains { $0.message.hasPrefix("Hang: ") })
    }
  }

  @Test func `names the tests that run beside it`() async throws {
    let run = try await FailingRun.of("StubbornHangSuite", .swiftTesting, environment: quick)
    #expect(run.output.contains("running   other tests: StubbornHangSuite/another()"))
  }

  @Test func `ends the process at once, where the pool is blocked`() async throws {
    for (suite, framework, test) in [
      ("BlockingHangSuite", FailingRun.Framework.swiftTesting, nil as String?),
      ("BlockingHangFailures", .xctest, "testBlocksThePool"),
    ] {
      let run = try await FailingRun.of(suite, framework, test: test, environment: quick)
      #expect(run.exitStatus == 86)
      try expectGolden(
        lastWords(of: run), named: "\(framework.rawValue)/last-words-of-a-blocked-pool")
    }
  }

  @Test func `ends the process, where a thread blocks`() async throws {
    let run = try await FailingRun.of(
      "BlockingHangFailures", .xctest, test: "testBlocksItsThread", environment: quick)
    #expect(run.exitStatus == 86)
    #expect(run.issues.count == 1)
    try expectGolden(lastWords(of: run), named: "xctest/last-words-of-a-blocked-thread")
  }

  @Test func `is not one where it ends in time`() async throws {
    let value = try await withHangLimit(.seconds(60)) { await Task { 7 }.value }
    #expect(value == 7)
    #expect(withHangLimit(.seconds(60)) { 7 } == 7)
    await #expect(throws: Refused.self) {
      try await withHangLimit(.seconds(60)) {
        await Task.yield()
        throw Refused()
      }
    }
  }

  private struct Refused: Error {}
}

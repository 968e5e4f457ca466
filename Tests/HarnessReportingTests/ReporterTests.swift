import HarnessLock
import HarnessReporting
import HarnessTestSupport
import Testing

/// Each place a failure can come from, and the line that it must be shown at.
@Suite struct `A reported failure` {
  @Test func `is told once, under its test, in Swift Testing`() async throws {
    let run = try await FailingRun.of("ReporterSuite", .swiftTesting)
    let expected: [String: (line: Int, message: String)] = [
      "body()": (10, "from the body"),
      "bodyThrowing()": (14, "thrown in the body"),
      "childTask()": (19, "from a child task"),
      "unstructuredTask()": (25, "from an unstructured task"),
      "detachedTask()": (31, "from a detached task"),
      "detachedTaskThrowing()": (39, "thrown in a detached task"),
      "detachedTaskThrowingAtOnce()": (90, "thrown at once in a detached task"),
      "thread()": (53, "from a thread"),
      "callback()": (64, "from a callback"),
      "callbackWithoutScope()": (75, "from a callback without a scope"),
      "eventLoop()": (97, "from an event loop"),
    ]
    for (test, issue) in expected {
      #expect(
        run.issues(of: test) == [
          .init(test: test, place: "ReporterSuite.swift:\(issue.line)", message: issue.message)
        ])
      #expect(run.output.contains("✘ Test \(test) failed"))
    }
    #expect(run.issues.count == expected.count + 1)
    #expect(run.hasFailed)
    #expect(!run.output.contains("«unknown»"))
  }

  @Test func `is told once, under its test, in XCTest`() async throws {
    let run = try await FailingRun.of("ReporterFailures", .xctest)
    let expected: [String: (line: Int, message: String)] = [
      "testBody": (10, "from the body"),
      "testBodyThrowing": (14, "thrown in the body"),
      "testChildTask": (19, "from a child task"),
      "testUnstructuredTask": (25, "from an unstructured task"),
      "testDetachedTask": (31, "from a detached task"),
      "testDetachedTaskThrowing": (39, "thrown in a detached task"),
      "testThread": (47, "from a thread"),
      "testCallback": (58, "from a callback"),
      "testEventLoop": (84, "from an event loop"),
    ]
    for (name, issue) in expected {
      let test = "ReporterFailures.\(name)"
      #expect(
        run.issues(of: test) == [
          .init(test: test, place: "ReporterFailures.swift:\(issue.line)", message: issue.message)
        ])
    }
    #expect(run.issues.count == expected.count)
    #expect(run.hasFailed)
  }

  @Test func `leaves its evidence in a file and says where`() async throws {
    let run = try await FailingRun.of("ReporterSuite", .swiftTesting)
    let issue = try #require(run.issues(of: "withEvidence()").first)
    #expect(issue.message.hasPrefix("with evidence\n  evidence  "))
    #expect(issue.message.hasSuffix("failures/ReporterSuite-84/exchange.txt"))
  }

  @Test func `is recorded when a flush returns, whoever records it`() async {
    for _ in 1...20 {
      let recorded = Lock(0)
      var seen = 0
      await withKnownIssue {
        let reporter = Reporter()
        await Task.detached { reporter.record(Failure("brought", at: CallSite())) }.value
        reporter.flush()
        seen = recorded.withLock { $0 }
      } matching: { _ in
        // Slow enough that the flush comes in the midst of it.
        _ = (0..<20_000).reduce(0, &+)
        recorded.withLock { $0 += 1 }
        return true
      }
      #expect(seen == 1)
    }
  }

  @Test func `is told under the test that the reporter was made in, also when that has ended`()
    async throws
  {
    let run = try await FailingRun.of("LateReporterSuite", .swiftTesting)
    #expect(
      run.issues(of: "early()").map(\.message) == (1...100).map { "late \($0)" } + ["last"])
    #expect(run.issues.count == 101)
    #expect(run.hasFailed)
  }

  @Test func `says why its evidence could not be kept`() async throws {
    let run = try await FailingRun.of(
      "ReporterSuite", .swiftTesting, environment: ["HARNESS_ARTIFACTS": "/dev/null/folder"])
    let issue = try #require(run.issues(of: "withEvidence()").first)
    #expect(
      issue.message == """
        with evidence
          evidence  exchange.txt could not be written below /dev/null/folder/failures: Not a directory
        """)
  }

  @Test func `that nobody can place fails the run and says which scope to open`() async throws {
    let run = try await FailingRun.of("LostReporterSuite", .swiftTesting)
    #expect(
      run.issues.map(\.message) == [
        """
        from nowhere
        This came from outside the task of a test, so it is not shown under its name.
        Make the waiter or driver in the test's body, or open `withReporter { … }` of HarnessReporting there.
        """
      ])
    #expect(run.hasFailed)
  }
}

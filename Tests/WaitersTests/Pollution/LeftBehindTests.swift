import HarnessTestSupport
import Testing

/// What a user reads of a test that leaves something behind, in a process of its own.
@Suite struct `A test that leaves something behind` {
  private func run(
    _ suite: String, _ framework: FailingRun.Framework, arguments: [String] = []
  ) async throws -> FailingRun {
    let folder = try TemporaryFolder()
    var run = try await FailingRun.of(
      suite, framework, environment: ["TMPDIR": folder.path, "HARNESS_TIME_SCALE": ""],
      arguments: arguments)
    run.issues = run.issues.map {
      .init(test: $0.test, place: $0.place, message: steady($0.message, folder.path))
    }
    return run
  }

  /// The message without the numbers that the system gives.
  private func steady(_ message: String, _ folder: String) -> String {
    message.replacing(folder, with: "FOLDER")
      .replacing(#/pipe:\[\d+\]/#, with: "pipe:[N]")
      .replacing(#/ \d+: /#, with: " N: ")
      .replacing(#/0\.0\.0\.0:\d+/#, with: "0.0.0.0:PORT")
      .replacing(#/N: ".*?", in \w+/#, with: "N: THREAD")
      .replacing(#/and it was .*/#, with: "and it was HERE")
      .replacing(#/\d+(\.\d+)? m?s, (\w+\.swift)/#) { "some time, \($0.2)" }
  }

  private static func ending(_ advice: String) -> String {
    """
      waited      500 ms for them to go by themselves
      try         \(advice)
    """
  }

  private static let (descriptors, threads, waits, settings, files) = (
    "close what the test opens, also when it fails: with a scope, a `defer`, a `deinit`",
    "end and join what the test starts, also when it fails",
    "cancel or end the tasks that wait, and await them before the test ends",
    "put back what the test sets, in a `defer`; or hand it to a child process instead",
    "remove what the test makes in a `defer`, or use `withTemporaryFolder`"
  )

  @Test func `fails in Swift Testing where tests run one at a time`() async throws {
    let run = try await run("PollutionSuite", .swiftTesting, arguments: ["--no-parallel"])
    let expected = [
      (
        "descriptors()", "3 descriptors",
        """
          descriptor  N: pipe:[N], its reading end
                      N: pipe:[N], its writing end
                      N: tcp socket, listening at 0.0.0.0:PORT
        """, Self.descriptors
      ),
      ("thread()", "1 thread", "  thread      N: THREAD", Self.threads),
      (
        "wait()", "1 wait",
        """
          wait        leave to pass Gate "commit", some time, PollutionSuite.swift:48; \
        made at PollutionSuite.swift:47, 0 let through so far
        """, Self.waits
      ),
      (
        "variable()", "1 variable", "  variable    POLLUTION_SUITE is set, and was not",
        Self.settings
      ),
      (
        "folder()", "another working directory", "  folder      /, and it was HERE", Self.settings
      ),
      (
        "file()", "1 temporary file",
        "  file        FOLDER/left-behind.txt, a file of 4 bytes", Self.files
      ),
    ]
    for (test, summary, lines, advice) in expected {
      let issues = run.issues(of: test)
      #expect(
        issues.map(\.message) == [
          "Left behind by \(test): \(summary)\n\(lines)\n\(Self.ending(advice))"
        ])
      #expect(issues.map(\.place) == ["PollutionSuite.swift:6"])
    }
    for test in ["nothing()", "foundationProcess()"] {
      #expect(run.issues(of: test).isEmpty)
      #expect(run.output.contains("Test \(test) passed"))
    }
    // The test's own error is told besides what it left.
    #expect(run.issues(of: "twoMore()").count == 2)
    #expect(run.hasFailed)
  }

  @Test func `fails in a parallel run where no other is seen, and says that there may be some`()
    async throws
  {
    let run = try await run("ParallelPollutionSuite", .swiftTesting)
    #expect(
      run.issues.map(\.message) == [
        """
        Left behind by alone(): 2 descriptors
          descriptor  N: pipe:[N], its reading end
                      N: pipe:[N], its writing end
          waited      500 ms for them to go by themselves
          or          left by another test: this run is parallel, and only those that use the harness are seen
          try         close what the test opens, also when it fails: with a scope, a `defer`, a `deinit`
                      run the tests with --no-parallel to be sure whose they are
        """
      ])
    #expect(run.hasFailed)
  }

  @Test func `is warned of where another test was at work, by its name`() async throws {
    let run = try await run("OverlappingPollutionSuite", .swiftTesting)
    #expect(run.issues.isEmpty)
    #expect(!run.hasFailed)
    #expect(run.output.contains("Test polluter() recorded a warning at PollutionSuite.swift:65:"))
    #expect(
      run.output.contains(
        "left by what ran at the same time: OverlappingPollutionSuite/bystander()"))
  }

  @Test func `fails in XCTest`() async throws {
    let run = try await run("PollutionFailures", .xctest)
    let expected = [
      (
        "testDescriptors", "3 descriptors",
        """
          descriptor  N: pipe:[N], its reading end
                      N: pipe:[N], its writing end
                      N: tcp socket, listening at 0.0.0.0:PORT
        """, Self.descriptors, 8
      ),
      ("testThread", "1 thread", "  thread      N: THREAD", Self.threads, 15),
      (
        "testFile", "1 temporary file",
        "  file        FOLDER/left-behind-by-xctest.txt, a file of 4 bytes", Self.files, 22
      ),
    ]
    for (test, summary, lines, advice, line) in expected {
      let issues = run.issues(of: "PollutionFailures.\(test)")
      #expect(
        issues.map(\.message) == [
          "Left behind: \(summary)\n\(lines)\n\(Self.ending(advice))"
        ])
      #expect(issues.map(\.place) == ["PollutionFailures.swift:\(line)"])
    }
    #expect(run.issues.count == 3)
  }

  @Test func `fails in a class of XCTest whose tests are all checked`() async throws {
    let run = try await run("CheckedClassFailures", .xctest)
    #expect(
      run.issues.map(\.message) == [
        """
        Left behind: 1 variable
          variable    CHECKED_CLASS is set, and was not
        \(Self.ending(Self.settings))
        """
      ])
  }
}

import Foundation
import GoldenFiles
import HarnessProcess
import Testing

/// `harness golden` as a user runs it, over what a run of `swift test --parallel` of Swift 6.3.1 left: one
/// process for each XCTest, one for all tests of Swift Testing.
@Suite struct `The program harness golden` {
  private static let list = """
    BTests.BTests/testAsync
    BTests.BTests/testOne
    BTests.BTests/testSame
    BTests.BTests/testTwo
    ATests.`A suite`/Inner/plain()
    ATests.`A suite`/`uses one`()
    ATests.`A suite`/cases(_:)
    ATests.`A suite`/off()
    ATests.free()

    """

  private static let xctestResults = """
    <?xml version="1.0" encoding="UTF-8"?>

    <testsuites>
    <testsuite name="TestResults" errors="0" tests="4" failures="0" time="0.145148865">
    <testcase classname="BTests.BTests" name="testOne" time="0.033558802">
    </testcase>
    <testcase classname="BTests.BTests" name="testAsync" time="0.034084662">
    </testcase>
    <testcase classname="BTests.BTests" name="testSame" time="0.038869228">
    </testcase>
    <testcase classname="BTests.BTests" name="testTwo" time="0.038636173">
    </testcase>
    </testsuite>
    </testsuites>

    """

  private static let swiftTestingResults = """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite name="TestResults" errors="0" tests="4" failures="0" skipped="1" time="0.012148989">
        <testcase classname="ATests" name="free()" time="0.008263787" />
        <testcase classname="ATests.`A suite`" name="off()" >
          <skipped>later</skipped>
        </testcase>
        <testcase classname="ATests.`A suite`" name="`uses one`()" time="0.011279549" />
        <testcase classname="ATests.`A suite`" name="cases(_:)" time="0.011025242" />
        <testcase classname="ATests.`A suite`.Inner" name="plain()" time="0.011209175" />
      </testsuite>
    </testsuites>

    """

  /// The logs by their names; PACKAGE is the package's folder.
  private static let logs = [
    "1795718780100-14800": """
    {"golden":"PACKAGE/Tests/BTests/Goldens/b-one.txt","result":"matched","place":"BTests/B.swift:4","function":"testOne()"}
    """,
    "1795718780100-14802": """
    {"golden":"PACKAGE/Tests/BTests/Goldens/B/testAsync.txt","result":"matched","place":"BTests/B.swift:7","function":"testAsync()"}
    """,
    "1795718780139-14815": """
    {"golden":"PACKAGE/Tests/BTests/Goldens/b-two.txt","result":"matched","place":"BTests/B.swift:6","function":"testSame()"}
    """,
    "1795718780139-14818": """
    {"golden":"PACKAGE/Tests/BTests/Goldens/b-two.txt","result":"matched","place":"BTests/B.swift:5","function":"testTwo()"}
    """,
    "1795718780170-14844": """
    {"golden":"PACKAGE/Tests/ATests/Goldens/A/A-suite.cases.x.json","result":"matched","place":"ATests/A.swift:5","function":"cases(_:)","test":"ATests.`A suite`/cases(_:)"}
    {"golden":"PACKAGE/Tests/ATests/Goldens/one.txt","result":"matched","place":"ATests/A.swift:4","function":"uses one()","test":"ATests.`A suite`/`uses one`()"}
    """,
  ]

  private static let goldens = [
    "ATests/Goldens/A/A-suite.cases.x.json", "ATests/Goldens/one.txt", "ATests/Goldens/off.txt",
    "BTests/Goldens/b-one.txt", "BTests/Goldens/b-two.txt", "BTests/Goldens/B/testAsync.txt",
    "BTests/Goldens/left.txt",
  ]

  /// Stands for the package manager: answers as it did, and leaves what its run left.
  private static let swift = """
    #!/bin/sh
    set -e
    case "$*" in
      "test list") cat .recorded/list ;;
      "test --parallel --xunit-output "*)
        echo "Build complete! (1.22s)"
        cp .recorded/xctest.xml "$4"
        cp .recorded/swift-testing.xml "${4%.xml}-swift-testing.xml"
        mkdir -p .harness/golden-usage
        cp .recorded/*.jsonl .harness/golden-usage/
        exit 1 ;;
      *) echo "asked for $*" >&2; exit 70 ;;
    esac

    """

  private func withPackage(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("harness-golden-\(UUID().uuidString)").resolvingSymlinksInPath()
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ path: String) throws {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try write("// swift-tools-version: 6.3\n", "Package.swift")
    for golden in Self.goldens { try write("a\n", "Tests/\(golden)") }
    try write(Self.list, ".recorded/list")
    try write(Self.xctestResults, ".recorded/xctest.xml")
    try write(Self.swiftTestingResults, ".recorded/swift-testing.xml")
    for (name, log) in Self.logs {
      try write(
        log.replacing("PACKAGE", with: folder.path) + "\n{\"ended\":true}\n",
        ".recorded/\(name).jsonl")
    }
    try write(Self.swift, ".recorded/swift")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: folder.appendingPathComponent(".recorded/swift").path)
    try write("{}", ".harness/golden-usage/1-1.jsonl")
    try write("a\nb\n", ".harness/goldens/Tests/BTests/Goldens/b-one.txt")
    try await body(folder)
  }

  private func run(_ arguments: String..., in folder: URL) async throws -> CompletedProcess {
    // The program lies beside the test bundle, which is the first argument of this process.
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("harness").path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try await HarnessProcess.run(
      Command(
        program, ["golden"] + arguments,
        environment: .inherited(with: [
          "PATH": "\(folder.path)/.recorded:\(path)", "HARNESS_ARTIFACTS": "",
        ]),
        workingDirectory: folder.path))
  }

  @Test func `runs the tests and judges`() async throws {
    try await withPackage { folder in
      let ended = try await run("orphans", "--run", in: folder)
      #expect(ended.status == .exited(1))
      #expect(ended.standardError.text == "Build complete! (1.22s)\n")
      try expectGolden(ended.standardOutput.text, named: "orphans")
    }
  }

  @Test func `judges by the results of an own run`() async throws {
    try await withPackage { folder in
      let recorded = folder.appendingPathComponent(".recorded").path
      for name in Self.logs.keys {
        try FileManager.default.copyItem(
          atPath: "\(recorded)/\(name).jsonl",
          toPath: "\(folder.path)/.harness/golden-usage/\(name).jsonl")
      }
      // A log of a process that crashed, as the one that lies there, makes all of it unknown.
      let crashed = try await run(
        "orphans", "--results", "\(recorded)/xctest.xml", in: folder)
      #expect(
        crashed.standardOutput.text.hasPrefix(
          "unknown  a process did not end by itself (1-1.jsonl)\n"))
      try FileManager.default.removeItem(atPath: "\(folder.path)/.harness/golden-usage/1-1.jsonl")
      // Without the results of Swift Testing nothing is known of its tests.
      let half = try await run("orphans", "--results", "\(recorded)/xctest.xml", in: folder)
      #expect(
        half.standardOutput.text.contains("no result is known of 5 of 5 tests, such as ATests"))
      #expect(half.standardOutput.text.contains("orphan   Tests/BTests/Goldens/left.txt\n"))
    }
  }

  @Test func `lists, shows and accepts`() async throws {
    try await withPackage { folder in
      let listed = try await run("list", in: folder)
      #expect(listed.standardOutput.text == "changed  Tests/BTests/Goldens/b-one.txt\n")
      #expect(listed.status == .exited(1))
      let shown = try await run("show", in: folder)
      #expect(shown.standardOutput.text.contains("+ b\n"))
      let accepted = try await run("accept", "b-one.txt", in: folder)
      #expect(accepted.standardOutput.text == "accepted  Tests/BTests/Goldens/b-one.txt\n")
      #expect(accepted.status == .exited(0))
      let file = folder.appendingPathComponent("Tests/BTests/Goldens/b-one.txt")
      #expect(try String(contentsOf: file, encoding: .utf8) == "a\nb\n")
      let none = try await run("list", in: folder)
      #expect(none.standardOutput.text == "nothing waits for review\n")
    }
  }

  @Test func `says that the tests cannot be listed`() async throws {
    try await withPackage { folder in
      try Data("#!/bin/sh\necho 'error: no such module' >&2\nexit 1\n".utf8)
        .write(to: folder.appendingPathComponent(".recorded/swift"))
      let ended = try await run("orphans", in: folder)
      #expect(ended.status == .exited(2))
      #expect(
        ended.standardError.text == """
          error: no such module
          harness golden: `swift test list` failed: give its output with --tests

          """)
    }
  }

  @Test func `explains itself`() async throws {
    try await withPackage { folder in
      let ended = try await run("--help", in: folder)
      #expect(ended.status == .exited(0))
      try expectGolden(ended.standardOutput.text, named: "help")
    }
  }
}

import Foundation
import Testing

@testable import HarnessGoldens

@Suite struct `The golden command` {
  /// A package with two candidates: one for a new file, one for a changed one.
  private func withPackage(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("// swift-tools-version: 6.3\n", folder, "Package.swift")
    try write("a\nb\n", folder, "Tests/ReportTests/Goldens/old.txt")
    try write("a\nc\n", folder, ".harness/goldens/Tests/ReportTests/Goldens/old.txt")
    try write("{}\n", folder, ".harness/goldens/Tests/ReportTests/Goldens/sub/new.json")
    try body(folder.standardizedFileURL)
  }

  private func write(_ text: String, _ folder: URL, _ path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func read(_ folder: URL, _ path: String) -> String? {
    try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  private func run(
    _ arguments: String..., in folder: URL, tests: String? = "",
    environment: [String: String] = [:],
    runTests: @escaping (URL, URL) -> Void = { _, _ in }
  ) -> GoldenCommandLine.Outcome {
    GoldenCommandLine.run(
      arguments, in: folder, environment: environment,
      tests: PackageTests(list: { _ in tests }, run: runTests))
  }

  @Test func `lists what waits for review, from anywhere in the package`() throws {
    try withPackage { folder in
      let expected = GoldenCommandLine.Outcome(
        output: """
          changed  Tests/ReportTests/Goldens/old.txt
          new      Tests/ReportTests/Goldens/sub/new.json
          """, status: .findings)
      #expect(run("list", in: folder) == expected)
      #expect(run("list", in: folder.appendingPathComponent("Tests/ReportTests")) == expected)
    }
  }

  @Test func `shows what differs`() throws {
    try withPackage { folder in
      #expect(
        run("show", "old.txt", in: folder).output == """
          changed  Tests/ReportTests/Goldens/old.txt
          line 1 of the golden file:
              a
            - b
            + c
              \("")
          """)
      #expect(run("show", in: folder).output.contains("\n\nnew  Tests/ReportTests/Goldens/sub/"))
    }
  }

  @Test func `accepts and rejects by the end of a path`() throws {
    try withPackage { folder in
      #expect(
        run("accept", "old.txt", in: folder)
          == .init(output: "accepted  Tests/ReportTests/Goldens/old.txt"))
      #expect(read(folder, "Tests/ReportTests/Goldens/old.txt") == "a\nc\n")
      #expect(
        run("reject", "sub/new.json", in: folder)
          == .init(output: "rejected  Tests/ReportTests/Goldens/sub/new.json"))
      #expect(read(folder, "Tests/ReportTests/Goldens/sub/new.json") == nil)
      #expect(run("list", in: folder) == .init(output: "nothing waits for review"))
    }
  }

  @Test func `accepts all`() throws {
    try withPackage { folder in
      #expect(run("accept", "--all", in: folder).status == .success)
      #expect(read(folder, "Tests/ReportTests/Goldens/sub/new.json") == "{}\n")
    }
  }

  @Test func `touches nothing when one path is wrong`() throws {
    try withPackage { folder in
      let outcome = run("accept", "old.txt", "other.txt", in: folder)
      #expect(outcome.complaint == "harness golden: nothing waits for review at other.txt")
      #expect(outcome.status == .trouble)
      #expect(read(folder, "Tests/ReportTests/Goldens/old.txt") == "a\nb\n")
      try write("x", folder, ".harness/goldens/Tests/OtherTests/Goldens/old.txt")
      #expect(
        run("accept", "old.txt", in: folder).complaint == """
          harness golden: old.txt is the end of several:
            Tests/OtherTests/Goldens/old.txt
            Tests/ReportTests/Goldens/old.txt
          """)
    }
  }

  @Test func `says what it does not understand`() throws {
    try withPackage { folder in
      for arguments in [
        ["accept"], ["reject"], ["delete"], [], ["orphans", "--all"], ["orphans", "--tests"],
        ["orphans", "--results", "nowhere.xml"], ["orphans", "--run", "--results", "a.xml"],
      ] {
        let outcome = GoldenCommandLine.run(
          arguments, in: folder, environment: [:],
          tests: PackageTests(list: { _ in "" }, run: { _, _ in }))
        #expect(outcome.status == .trouble)
        #expect(outcome.complaint.hasPrefix("harness golden: "))
      }
      #expect(
        run("orphans", in: folder, tests: nil).complaint
          == "harness golden: `swift test list` failed: give its output with --tests")
    }
  }

  @Test func `needs a package`() {
    let outcome = run("list", in: URL(fileURLWithPath: "/"))
    #expect(outcome.complaint == "harness golden: there is no Package.swift in / or above it")
  }

  @Test func `finds orphans by the logs and the results of a run`() throws {
    try withPackage { folder in
      try write("x", folder, "Tests/ReportTests/Goldens/used.txt")
      try write("x", folder, "Examples/Other/Package.swift")
      try write("x", folder, "Examples/Other/Tests/T/Goldens/not-ours.txt")
      let used = folder.appendingPathComponent("Tests/ReportTests/Goldens/used.txt").path
      try write(
        """
        {"golden":"\(used)","result":"matched","place":"ReportTests/A.swift:3","test":"ReportTests.A/x()"}
        {"ended":true}

        """, folder, ".harness/golden-usage/1-2.jsonl")
      let tests = "ReportTests.A/x()\nReportTests.A/y()\n"
      #expect(
        run("orphans", in: folder, tests: tests)
          == .init(
            output: """
              unknown  no result is known of 2 of 2 tests, such as ReportTests.A.x()
                       Tests/ReportTests/Goldens/old.txt
              2 golden files: 1 used, 0 orphans, 1 unknown
              try      harness golden orphans --run, or --results
              """, status: .findings))
      let results = folder.appendingPathComponent("results.xml").path
      try write(
        """
        <testcase classname="ReportTests.A" name="x()" time="0.1" />
        <testcase classname="ReportTests.A" name="y()" time="0.1" />
        """, folder, "results.xml")
      #expect(
        run("orphans", "--results", results, in: folder, tests: tests)
          == .init(
            output: """
              orphan   Tests/ReportTests/Goldens/old.txt
              2 golden files: 1 used, 1 orphan, 0 unknown
              """, status: .findings))
      #expect(read(folder, "Tests/ReportTests/Goldens/old.txt") != nil)
    }
  }

  @Test func `runs the tests itself, without the logs of earlier runs`() throws {
    try withPackage { folder in
      try write("{}", folder, ".harness/golden-usage/1-1.jsonl")
      let used = folder.appendingPathComponent("Tests/ReportTests/Goldens/old.txt").path
      let outcome = run(
        "orphans", "--run", in: folder, tests: "ReportTests.A/x()\nReportTests.X/y\n"
      ) {
        package, results in
        #expect(package.path == folder.path)
        #expect(read(folder, ".harness/golden-usage/1-1.jsonl") == nil)
        let passed = #"<testcase classname="ReportTests.X" name="y" time="0"></testcase>"#
        try? Data(passed.utf8).write(to: results)
        let swiftTesting = results.deletingPathExtension().path + "-swift-testing.xml"
        try? Data(passed.replacing("X", with: "A").replacing("\"y\"", with: "\"x()\"").utf8)
          .write(to: URL(fileURLWithPath: swiftTesting))
        try? write(
          #"{"golden":"\#(used)","result":"matched","place":"ReportTests/A.swift:3"}"#
            + "\n{\"ended\":true}\n", folder, ".harness/golden-usage/2-2.jsonl")
      }
      #expect(outcome == .init(output: "1 golden file: 1 used, 0 orphans, 0 unknown"))
    }
  }

  @Test func `says that a run wrote no results`() throws {
    try withPackage { folder in
      try write("<testcase/>", folder, ".harness/golden-results.xml")
      #expect(
        run("orphans", "--run", in: folder).complaint
          == "harness golden: the run wrote no results: see what `swift test` said above")
    }
  }

  @Test func `does not ask a package manager that waits for it`() throws {
    try withPackage { folder in
      for arguments in [["orphans"], ["orphans", "--run"]] {
        let outcome = GoldenCommandLine.run(
          arguments, in: folder, environment: ["HARNESS_PLUGIN": "1"],
          tests: PackageTests(
            list: { _ in
              Issue.record("asked")
              return nil
            }, run: { _, _ in Issue.record("asked") }))
        #expect(outcome.complaint.hasPrefix("harness golden: a plugin cannot ask"))
        #expect(outcome.status == .trouble)
      }
      try write("ReportTests.A/x()\n", folder, "tests.txt")
      let list = folder.appendingPathComponent("tests.txt").path
      let outcome = run(
        "orphans", "--tests", list, in: folder, environment: ["HARNESS_PLUGIN": "1"])
      #expect(outcome.status == .findings)
    }
  }

  @Test func `leaves a candidate where the golden folder cannot be written`() throws {
    try withPackage { folder in
      // A file where the folder should be: also who may write everywhere cannot write there.
      try write("in the way", folder, "Tests/OtherTests")
      try write("x", folder, ".harness/goldens/Tests/OtherTests/Goldens/a.txt")
      let outcome = run("accept", "a.txt", in: folder)
      #expect(outcome.status == .trouble)
      #expect(outcome.complaint.hasPrefix("harness golden: Tests/OtherTests/Goldens/a.txt: "))
      #expect(read(folder, ".harness/goldens/Tests/OtherTests/Goldens/a.txt") == "x")
    }
  }
}

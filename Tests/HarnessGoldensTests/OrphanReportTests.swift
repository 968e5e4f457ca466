import Foundation
import Testing

@testable import HarnessGoldens

@Suite struct `The report about orphans` {
  static let goldens = ["Tests/ATests/Goldens/a.txt", "Tests/BTests/Goldens/b.txt"]

  private func process(_ uses: String..., hasEnded: Bool = true) -> ProcessUsage {
    ProcessUsage(
      name: "1-1.jsonl",
      log: Array((uses.joined(separator: "\n") + (hasEnded ? "\n{\"ended\":true}\n" : "")).utf8))
  }

  private func use(
    _ golden: String, _ test: String? = "ATests.A/x()", place: String = "ATests/A.swift:1"
  ) -> String {
    #"{"golden":"/p/\#(golden)","result":"matched","place":"\#(place)""#
      + (test.map { #","test":"\#($0)""# } ?? "") + "}"
  }

  private func run(_ list: String, _ results: String...) -> TestRun {
    var run = TestRun(list: list)
    for result in results { run.addResults(xunit: result) }
    return run
  }

  private func passed(_ suite: String, _ name: String, _ content: String? = nil) -> String {
    #"<testcase classname="\#(suite)" name="\#(name)" time="0""#
      + (content.map { ">\n\($0)\n</testcase>" } ?? " />")
  }

  private func verdicts(_ processes: [ProcessUsage], _ run: TestRun) -> [OrphanReport.Verdict] {
    OrphanReport(goldens: Self.goldens, package: "/p", processes: processes, run: run)
      .verdicts.map(\.verdict)
  }

  @Test func `knows an orphan only where all tests of its module passed`() {
    let list = "ATests.A/x()\nBTests.B/testY\nBTests.B/testZ\n"
    let processes = [process(use("Tests/ATests/Goldens/a.txt"))]
    let first = passed("ATests.A", "x()") + passed("BTests.B", "testY")
    #expect(
      verdicts(processes, run(list, first)) == [
        .used, .unknown("no result is known of 1 of 2 tests, such as BTests.B.testZ"),
      ])
    #expect(
      verdicts(processes, run(list, first, passed("BTests.B", "testZ", "<failure message=\"x\"/>")))
        == [
          .used, .unknown("1 of 2 tests failed or were skipped, such as BTests.B.testZ"),
        ])
    #expect(
      verdicts(processes, run(list, first, passed("BTests.B", "testZ", "<skipped/>")))
        == [
          .used, .unknown("1 of 2 tests failed or were skipped, such as BTests.B.testZ"),
        ])
    #expect(
      verdicts(processes, run(list, first, passed("BTests.B", "testZ"))) == [.used, .orphan])
  }

  @Test func `knows nothing of a run that crashed or left no log`() {
    let list = "ATests.A/x()\nBTests.B/testY\n"
    let results = passed("ATests.A", "x()") + passed("BTests.B", "testY")
    #expect(
      verdicts([process(use("Tests/ATests/Goldens/a.txt"), hasEnded: false)], run(list, results))
        == [.used, .unknown("a process did not end by itself (1-1.jsonl)")])
    #expect(
      verdicts([], run(list, results))
        == Array(repeating: .unknown("there is no log of a run"), count: 2))
  }

  @Test func `knows nothing by the results of another run`() {
    let list = "ATests.A/x()\nBTests.B/testY\n"
    let results = passed("ATests.A", "x()") + passed("BTests.B", "testY")
    // The log is that of a process which began a millisecond after 1970 did.
    func verdicts(written: Double) -> [OrphanReport.Verdict] {
      OrphanReport(
        goldens: Self.goldens, package: "/p",
        processes: [process(use("Tests/ATests/Goldens/a.txt"))], run: run(list, results),
        resultsWritten: Date(timeIntervalSince1970: written)
      ).verdicts.map(\.verdict)
    }
    #expect(verdicts(written: 0.002) == [.used, .orphan])
    #expect(
      verdicts(written: 0)
        == [
          .used, .unknown("the results are older than every log: they are those of another run"),
        ])
  }

  @Test func `takes nothing that a build says for a test`() {
    let list = """
      [1/1] Compiling plugin HarnessPlugin
      warning: 'a': b.swift
      Build complete! (1.22s)
      ATests.A/x()
      """
    #expect(run(list).listed == ["ATests.A.x()"])
  }

  @Test func `reads names with backticks and signs`() {
    let list = "TT.`My Suite`/Inner/`a <b> & \"c\"`(x:)\nTT.free()\n"
    let results =
      passed("TT.`My Suite`.Inner", "`a &lt;b&gt; &amp; &quot;c&quot;`(x:)")
      + passed("TT", "free()")
    #expect(run(list, results).gap(in: "TT") == nil)
    #expect(run(list, results).gap(in: "Other") == "no test of Other is listed")
  }

  @Test func `sees collisions across processes`() {
    let report = OrphanReport(
      goldens: Self.goldens, package: "/p",
      processes: [
        process(
          use("Tests/ATests/Goldens/a.txt", nil, place: "ATests/A.swift:1"),
          use("Tests/ATests/Goldens/a.txt", nil, place: "ATests/A.swift:1"),
          use("Tests/BTests/Goldens/b.txt", nil, place: "BTests/B.swift:1")),
        process(
          use("Tests/ATests/Goldens/A.txt", nil, place: "ATests/A.swift:9"),
          use("Tests/BTests/Goldens/b.txt", "BTests.B/y()", place: "BTests/B.swift:1")),
      ], run: run(""))
    #expect(
      report.collisions == [
        .init(
          goldens: ["Tests/ATests/Goldens/A.txt", "Tests/ATests/Goldens/a.txt"],
          users: ["ATests/A.swift:1", "ATests/A.swift:9"]),
        .init(
          goldens: ["Tests/BTests/Goldens/b.txt"],
          users: ["BTests/B.swift:1", "BTests/B.swift:1, BTests.B/y()"]),
      ])
    #expect(
      "\(report)" == """
        shared   Tests/ATests/Goldens/A.txt, Tests/ATests/Goldens/a.txt
                 by ATests/A.swift:1
                 by ATests/A.swift:9
        shared   Tests/BTests/Goldens/b.txt
                 by BTests/B.swift:1
                 by BTests/B.swift:1, BTests.B/y()
        2 golden files: 2 used, 0 orphans, 0 unknown
        """)
  }
}

import Foundation
import Testing

@testable import Waiters

/// What a wait for a file tells when it fails, as exact text; the folder is called `FOLDER`.
@Suite struct `The report of a wait for a file` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func text(
    _ name: String, until what: String = "it exists",
    _ isWanted: (FileState) throws -> Bool = { $0.exists }
  ) async throws -> String {
    let watch = FileWatch(folder[name])
    let outcome = await watch.outcome(until: what, within: .zero, isWanted)
    return try steadyText(outcome).replacing(folder.path, with: "FOLDER")
  }

  @Test func `says what is beside it`() async throws {
    for name in ["input.csv", "report.csv.part"] { try folder.write("", to: name) }
    #expect(
      try await text("report.csv") == """
        Timed out waiting for "it exists" at FOLDER/report.csv
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   nothing there
          beside    FOLDER has 2 entries:
                    "input.csv"
                    "report.csv.part"
          looks     1:
                    #1 at some time  nothing there
          try       compare the name with what is beside it, and see that the code which writes it is reached
        """)
  }

  @Test func `names the likeliest of many neighbours`() async throws {
    for number in 10..<40 { try folder.write("", to: "export-\(number).log") }
    for name in ["report.csv.part", "Report.csv"] { try folder.write("", to: name) }
    let text = try await text("report.csv")
    #expect(
      text.contains(
        """
          beside    FOLDER has 32 entries, of which these are most like report.csv:
                    "Report.csv"
                    "report.csv.part"
        """), "\(text)")
  }

  @Test func `says that nothing has changed`() {
    let facts = FileAccount.Facts(
      path: "/tmp/x", end: .init(folder: "/tmp", name: "x", target: nil), problem: nil,
      state: FileState())
    let account = FileAccount.account(facts, AttemptLog(), since: FileState())
    #expect(account.finding == "unchanged: nothing there")
  }

  @Test func `says which folder is missing`() async throws {
    #expect(
      try await text("out/report.csv") == """
        Timed out waiting for "it exists" at FOLDER/out/report.csv
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   nothing there
          beside    FOLDER is empty
          looks     1:
                    #1 at some time  nothing there
          try       see who makes FOLDER/out, which is not there
        """)
  }

  @Test func `shows what the file holds, without secrets`() async throws {
    try folder.write("password=geheim\nready: no", to: "service.log")
    #expect(
      try await text("service.log", until: "it is ready", { $0.text.contains("ready: yes") })
        == #"""
        Timed out waiting for "it is ready" at FOLDER/service.log
          waited    1.25 s
          deadline  0 ms, set by this wait
          verdict   a file of 25 bytes: "password=***\nready: no"
          looks     1:
                    #1 at some time  a file of 25 bytes
          try       compare what is there with what is waited for
        """#)
  }

  @Test func `shows what the predicate threw`() async throws {
    struct HalfWritten: Error {}
    try folder.write("{", to: "report.json")
    let text = try await text("report.json", until: "it is JSON", { _ in throw HalfWritten() })
    #expect(text.contains("#1 at some time  threw HalfWritten"))
  }

  @Test func `shows what a folder holds, cut where it is much`() async throws {
    try folder.makeFolder("spool")
    for number in 10..<25 { try folder.write("", to: "spool/\(number)") }
    let text = try await text("spool", until: "it is empty", { $0.entries.isEmpty })
    #expect(
      text.contains(
        """
          verdict   a folder with 15 entries
          holds     "10"
                    "11"
        """))
    #expect(text.contains("\n            \"19\"\n            … 5 more\n"))
  }

  @Test func `says why it cannot be watched, and that it looks now and then`() throws {
    let facts = FileAccount.Facts(
      path: "/tmp/x", end: .init(folder: "/", name: "tmp", target: nil),
      problem: "inotify: Too many open files", state: FileState())
    let events = FileAccount.account(facts, AttemptLog(), since: nil).sections.last
    #expect(events?.label == "events")
    #expect(
      events?.lines == [
        "not for everything; looked every 50 ms: inotify: Too many open files"
      ])
  }
}

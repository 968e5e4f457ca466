import Foundation
import HarnessLock
import Testing

@testable import Waiters

@Suite struct `A watch of a file` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Waits for the text "new" at a path, and makes the change when the wait has looked once.
  ///
  /// A wait that was not woken would end by its last look all the same, after a minute.
  private func change(_ path: String, _ change: @Sendable () throws -> Void) async throws {
    let looked = Signal<Void>("looked")
    let watch = FileWatch(path)
    let start = ContinuousClock.now
    async let found = watch.until("it is new", within: .seconds(60)) { state in
      looked.send()
      return state.text == "new"
    }
    try await looked.value()
    try change()
    let state = try await found
    #expect(state.kind == .file)
    #expect(start.duration(to: .now) < .seconds(50) * TimeScale.ofEnvironment.factor)
  }

  #if os(Linux)
    // A service that waits for the reader of its pipe would take the watch for that.
    @Test func `does not open a pipe`() throws {
      #expect(unsafe mkfifo(folder["pipe"], 0o600) == 0)
      let events = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      defer { close(events) }
      #expect(unsafe inotify_add_watch(events, folder["pipe"], UInt32(IN_OPEN)) > 0)
      let state = FileWatch(folder["pipe"]).state
      #expect(state.kind == .other)
      #expect("\(state)" == "neither a file nor a folder")
      var bytes = [UInt8](repeating: 0, count: 64)
      #expect(unsafe read(events, &bytes, bytes.count) == -1, "the pipe was opened")
    }
  #endif

  @Test func `sees a file that is made`() async throws {
    try await change(folder["report.csv"]) { try folder.write("new", to: "report.csv") }
  }

  @Test func `sees a file that is written anew`() async throws {
    try folder.write("old", to: "report.csv")
    try await change(folder["report.csv"]) { try folder.write("new", to: "report.csv") }
  }

  @Test func `sees a file that another is renamed over`() async throws {
    try folder.write("old", to: "report.csv")
    try await change(folder["report.csv"]) {
      try folder.write("new", to: "report.csv.part")
      folder.move("report.csv.part", to: "report.csv")
    }
  }

  @Test func `sees a file in folders that do not exist yet`() async throws {
    try await change(folder["a/b/c/report.csv"]) {
      try folder.makeFolder("a/b/c")
      try folder.write("new", to: "a/b/c/report.csv")
    }
  }

  @Test func `sees a folder that takes the place of another`() async throws {
    try folder.makeFolder("out")
    try folder.write("old", to: "out/report.csv")
    try folder.makeFolder("next")
    try folder.write("new", to: "next/report.csv")
    try await change(folder["out/report.csv"]) {
      folder.move("out", to: "before")
      folder.move("next", to: "out")
    }
  }

  @Test func `sees what is made where a link leads to`() async throws {
    try folder.makeFolder("elsewhere")
    try folder.link("out", to: "elsewhere")
    try await change(folder["out/report.csv"]) {
      try folder.write("new", to: "elsewhere/report.csv")
    }
  }

  @Test func `sees a link that is turned to another folder`() async throws {
    // As Kubernetes replaces what a volume of settings holds.
    for (name, text) in [("1", "old"), ("2", "new")] {
      try folder.makeFolder(name)
      try folder.write(text, to: "\(name)/settings")
    }
    try folder.link("current", to: "1")
    try folder.link("settings", to: "current/settings")
    try await change(folder["settings"]) {
      try folder.link("next", to: "2")
      folder.move("next", to: "current")
    }
  }

  @Test func `sees a file that is written by another of its names`() async throws {
    try folder.makeFolder("other")
    try folder.write("old", to: "report.csv")
    _ = unsafe link(folder["report.csv"], folder["other/name"])
    try await change(folder["report.csv"]) { try folder.write("new", to: "other/name") }
  }

  @Test func `sees what vanishes and what appears in a folder`() async throws {
    try folder.makeFolder("spool")
    try folder.write("1", to: "spool/job")
    let spool = FileWatch(folder["spool"])
    let looked = Signal<Void>("looked")
    async let empty = spool.until("it is empty", within: .seconds(60)) { state in
      looked.send()
      return state.entries == []
    }
    try await looked.value()
    try folder.remove("spool/job")
    #expect(try await empty.kind == .folder)
    async let gone: Void = spool.untilGone(within: .seconds(60))
    try folder.remove("spool")
    try await gone
  }

  @Test func `begins with what is there`() async throws {
    try folder.write("text", to: "report.csv")
    let state = try await FileWatch(folder["report.csv"]).untilExists()
    #expect(state.text == "text")
    #expect(state.size == 4)
    try await FileWatch(folder["none"]).untilGone()
  }

  @Test func `compares with what was there when it was made, and when its last wait ended`()
    async throws
  {
    let watch = FileWatch(folder["report.csv"])
    try folder.write("1", to: "report.csv")
    #expect(try await watch.untilChanged().text == "1")
    #expect(await watch.outcome(until: "now", within: .zero) { $0.text == "2" }.value == nil)
    try folder.write("2", to: "report.csv")
    #expect(try await watch.untilChanged().text == "2")
    try folder.remove("report.csv")
    #expect(try await watch.untilChanged().kind == .missing)
  }

  @Test func `begins a relative path in the working directory`() async throws {
    #expect(FileWatch("Package.swift").absolutePath.hasSuffix("/Package.swift"))
    #expect(FileWatch("Package.swift").absolutePath.hasPrefix("/"))
  }

  @Test func `is not kept waiting by a pipe`() async throws {
    let code = unsafe mkfifo(folder["pipe"], 0o600)
    #expect(code == 0)
    #expect(try await FileWatch(folder["pipe"]).untilExists().kind == .other)
  }

  @Test func `reads the end of a file that is larger than it keeps`() async throws {
    try folder.write("", to: "large")
    let file = try #require(FileHandle(forWritingAtPath: folder["large"]))
    try file.seek(toOffset: UInt64(FileState.limit + 7))
    try file.write(contentsOf: Data("end".utf8))
    try file.close()
    let state = try await FileWatch(folder["large"]).untilExists()
    #expect(state.size == FileState.limit + 10)
    #expect(state.bytes.count == FileState.limit)
    #expect(state.bytes.suffix(3) == Array("end".utf8)[...])
  }

  @Test func `is woken by whatever comes while it begins`() async throws {
    // The change comes before, between and after the steps by which a wait begins.
    for round in 0..<200 {
      let start = ContinuousClock.now
      let name = "file \(round)"
      let folder = folder
      let writer = DispatchQueue(label: "writer")
      let watch = FileWatch(folder[name])
      writer.async {
        if round.isMultiple(of: 2) {
          try? folder.write("new", to: name)
        } else {
          try? folder.write("new", to: "part")
          folder.move("part", to: name)
        }
      }
      try await watch.until("it is new", within: .seconds(60)) { $0.text == "new" }
      // A wait that was not woken would end by its last look all the same.
      #expect(start.duration(to: .now) < .seconds(50) * TimeScale.ofEnvironment.factor)
    }
  }

  @Test func `lets its watches go`() throws {
    let path = folder["report.csv"]
    try folder.write("text", to: "report.csv")
    let before = watches()
    do {
      let watch = FileWatch(path)
      #expect(watches() > before || watch.interval != nil)
    }
    #expect(watches() <= before)
  }

  /// How many watches of this file's folder the system holds for us.
  private func watches() -> Int {
    #if os(Linux)
      var facts = stat()
      unsafe stat(folder.path, &facts)
      let info = "/proc/self/fdinfo/\(FileEventSource.shared.descriptor)"
      let lines = (try? String(contentsOfFile: info, encoding: .utf8)) ?? ""
      return lines.split(separator: "\n")
        .count { $0.contains("ino:\(String(facts.st_ino, radix: 16)) ") }
    #else
      return 0
    #endif
  }
}

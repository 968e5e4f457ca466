import Foundation
import GoldenFiles
import HarnessProcess
import Testing

/// `harness`, as a user runs it, in a folder with a few sources.
@Suite struct `The harness command` {
  private static let sources = [
    "Tests/AppTests/JobTests.swift": """
    import Testing

    @Test func `a job ends`() async throws {
      start()
      try await Task.sleep(for: .seconds(1))
      while !ended { await Task.yield() }
      // harness:allow(sleep): the device gives no event
      usleep(100)
    }
    """,
    "Tests/AppTests/WaitTests.swift": """
    func wait(_ clock: some Clock<Duration>) async throws {
      Thread.sleep(forTimeInterval: 1)  // harness:allow(sleep)
      try await clock.sleep(for: .seconds(1))
      DispatchQueue.main.asyncAfter(deadline: .now() + 1) {}
      RunLoop.current.run(until: Date())  // harness:allow(pol): a misspelt rule
      // harness:allow(poll): nothing polls here
    }
    """,
    "Sources/App/App.swift": "// sleep(1)\nlet a = \"usleep(1)\"\n",
    "Sources/App/Deep.swift": "let sleep = " + String(repeating: "(", count: 600),
    ".build/checkouts/other/Other.swift": "sleep(1)",
    ".build/Many.swift": String(repeating: "sleep(1)\n", count: 102),
    "Tests/notes.txt": "sleep(1)",
  ]

  /// Runs it with arguments, where the sources are; the folder is gone afterwards.
  private func run(_ arguments: String...) async throws -> CompletedProcess {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "harness-lint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in Self.sources {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "Tests/Round").path, withDestinationPath: "..")
    // The program lies beside the test bundle, which is the first argument of this process.
    let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "harness").path
    return try await HarnessProcess.run(
      Command(program, arguments, workingDirectory: folder.path))
  }

  @Test func `shows findings as a compiler does`() async throws {
    let ended = try await run("lint", "Tests")
    #expect(ended.status == .exited(1))
    #expect(ended.standardError.text == "")
    try expectGolden(ended.standardOutput.text, named: "findings")
  }

  @Test func `looks at the whole folder where it is told of none`() async throws {
    let ended = try await run("lint")
    #expect(ended.status == .exited(2))
    let lines = ended.standardOutput.text.split(separator: "\n")
    let files = Set(lines.dropLast(2).map { $0.prefix { $0 != ":" } })
    #expect(
      files == [
        "Sources/App/Deep.swift", "Tests/AppTests/JobTests.swift", "Tests/AppTests/WaitTests.swift",
      ])
  }

  @Test func `tells of what it could not check beside what it found`() async throws {
    let ended = try await run("lint", "Nowhere", "Sources", "Tests/AppTests/JobTests.swift")
    #expect(ended.status == .exited(2))
    try expectGolden(ended.standardOutput.text, named: "trouble")
  }

  @Test func `says that nothing was found`() async throws {
    let ended = try await run("lint", "Sources/App/App.swift")
    #expect(ended.status == .exited(0))
    #expect(ended.standardOutput.text == "no sleep and no poll loop in 1 Swift file\n")
  }

  @Test(arguments: [
    (["lint", "Nowhere"], "Nowhere: error: there is no such file or folder; it was not checked"),
    (
      ["lint", ".build/checkouts/other/Other.swift", "/dev/null"],
      "/dev/null: error: it is no regular file; it was not checked"
    ),
    (["lint", ".git"], ".git: error: there is no such file or folder; it was not checked"),
  ])
  func `says what it could not check`(arguments: [String], line: String) async throws {
    let ended = try await run(arguments[0], arguments[1], arguments.last ?? "")
    #expect(ended.status == .exited(2))
    #expect(ended.standardOutput.text.split(separator: "\n").contains(Substring(line)))
  }

  @Test func `does not read what is larger than sources are`() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).swift")
    try Data("sleep(1)\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 8 << 20 + 1)
    try handle.close()
    let ended = try await run("lint", file.path)
    #expect(ended.status == .exited(2))
    #expect(
      ended.standardOutput.text.hasPrefix(
        "\(file.path): error: it is larger than 8 MiB; it was not checked\n"))
  }

  @Test func `does not call a folder without sources clean`() async throws {
    let ended = try await run("lint", "Tests/notes.txt", "--", ".build/checkouts")
    #expect(ended.status == .exited(1))
    let empty = try await run("lint", "/dev")
    #expect(empty.status == .exited(2))
  }

  @Test func `counts what would be too much to read`() async throws {
    let ended = try await run("lint", ".build/Many.swift")
    let lines = ended.standardOutput.text.split(separator: "\n")
    try #require(lines.count == 103)
    #expect(lines[100] == ".build/Many.swift: error: 2 more findings in this file")
    #expect(lines[101] == "102 findings in 1 of 1 Swift file")
  }

  @Test func `explains itself`() async throws {
    let help = try await run("--help")
    #expect(help.status == .exited(0))
    let lint = try await run("lint", "--help")
    #expect(lint.status == .exited(0))
    try expectGolden(
      help.standardOutput.text + "\n" + lint.standardOutput.text, named: "help")
  }

  @Test(arguments: [[], ["lnt"], ["lint", "--fast"], ["--version"]])
  func `refuses what it does not know`(arguments: [String]) async throws {
    let ended =
      switch arguments.count {
      case 0: try await run()
      case 1: try await run(arguments[0])
      default: try await run(arguments[0], arguments[1])
      }
    #expect(ended.status == .exited(2))
    #expect(ended.standardOutput.text == "")
    #expect(ended.standardError.text.hasPrefix("harness: "))
  }
}

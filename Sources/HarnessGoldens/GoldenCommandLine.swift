package import Foundation

/// `harness golden`: lists, shows, accepts and rejects candidates, and looks for files that nobody uses.
package enum GoldenCommandLine {
  /// How a command ended.
  package enum Status: Int32, Sendable {
    /// All is well.
    case success = 0
    /// Something waits for review, or was found.
    case findings = 1
    /// Wrong usage, or something could not be done.
    case trouble = 2
  }

  /// What a command prints, and how it ended.
  package struct Outcome: Sendable, Equatable {
    /// For standard output.
    package var output = ""
    /// For standard error.
    package var complaint = ""
    /// How it ended.
    package var status = Status.success
  }

  /// How the command is used.
  package static let help = """
    Lists, shows, accepts and rejects golden files that wait for review, and looks for those that nobody uses.

    usage: harness golden list
           harness golden show   [path…]
           harness golden accept path… | --all
           harness golden reject path… | --all
           harness golden orphans [--results file.xml]… [--tests file]

    A path is that of the golden file, or its end. Candidates lie in HARNESS_ARTIFACTS, by default .harness
    beside Package.swift.

    orphans
      Which files no test used, by the logs of all processes of a run. It says "unknown" for a file as long as
      a test that may use it was not run or did not pass. A whole run is
        rm -rf .harness/golden-usage
        swift test --parallel --xunit-output results.xml
        harness golden orphans --results results.xml --results results-swift-testing.xml
      The tests there are come from `swift test list`, or from a file with its output. Nothing is deleted.

    exit status
      0  nothing waits for review, nothing was found
      1  something does, or was
      2  wrong usage, or something could not be done
    """

  /// Runs a subcommand in a folder.
  ///
  /// - Parameters:
  ///   - arguments: What is written after `harness golden`.
  ///   - folder: Where the command runs: in a package or below it.
  ///   - environment: The environment, for `HARNESS_ARTIFACTS`.
  ///   - listTests: Gives the output of `swift test list` in a package; nil where it cannot be had.
  /// - Returns: What to print, and how it ended.
  package static func run(
    _ arguments: [String], in folder: URL, environment: [String: String],
    listTests: (URL) -> String?
  ) -> Outcome {
    guard let place = GoldenPlace(around: folder, environment: environment) else {
      return trouble("there is no Package.swift in \(folder.path) or above it")
    }
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "list": return list(place)
    case "show": return show(rest, place)
    case "accept": return settle(rest, place, "accepted") { try $0.accept() }
    case "reject": return settle(rest, place, "rejected") { try $0.reject() }
    case "orphans": return orphans(rest, place, listTests)
    case .some(let name): return trouble("golden has no command `\(name)`\n\n\(help)")
    case nil: return trouble("no command given\n\n\(help)")
    }
  }

  private static func trouble(_ complaint: String) -> Outcome {
    Outcome(complaint: "harness golden: \(complaint)", status: .trouble)
  }

  private static func list(_ place: GoldenPlace) -> Outcome {
    let pending = PendingGolden.all(in: place)
    guard !pending.isEmpty else { return Outcome(output: "nothing waits for review") }
    let lines = pending.map { "\($0.isNew ? "new    " : "changed")  \($0.path)" }
    return Outcome(output: lines.joined(separator: "\n"), status: .findings)
  }

  private static func show(_ paths: [String], _ place: GoldenPlace) -> Outcome {
    let pending: [PendingGolden]
    switch choose(paths.isEmpty ? ["--all"] : paths, place) {
    case .success(let chosen): pending = chosen
    case .failure(let refusal): return trouble(refusal.description)
    }
    do {
      let texts = try pending.map {
        "\($0.isNew ? "new" : "changed")  \($0.path)\n\(try $0.difference())"
      }
      return Outcome(
        output: texts.joined(separator: "\n\n"), status: texts.isEmpty ? .success : .findings)
    } catch {
      return trouble(error.localizedDescription)
    }
  }

  private static func settle(
    _ paths: [String], _ place: GoldenPlace, _ word: String, _ body: (PendingGolden) throws -> Void
  ) -> Outcome {
    guard !paths.isEmpty else { return trouble("say which: a path, or --all") }
    switch choose(paths, place) {
    case .success(let pending):
      var lines: [String] = []
      for golden in pending {
        do {
          try body(golden)
          lines.append("\(word)  \(golden.path)")
        } catch {
          var outcome = trouble("\(golden.path): \(error.localizedDescription)")
          outcome.output = lines.joined(separator: "\n")
          return outcome
        }
      }
      return Outcome(output: lines.joined(separator: "\n"))
    case .failure(let refusal): return trouble(refusal.description)
    }
  }

  private struct Refusal: Error {
    let description: String
  }

  /// The candidates that are meant: all of them are found before any is touched.
  private static func choose(
    _ paths: [String], _ place: GoldenPlace
  ) -> Result<[PendingGolden], Refusal> {
    let pending = PendingGolden.all(in: place)
    if paths == ["--all"] { return .success(pending) }
    var chosen: [PendingGolden] = []
    for path in paths {
      let found = pending.filter { golden in
        golden.path == path || golden.path.hasSuffix("/\(path)")
          || golden.golden.path == path || golden.candidate.path == path
      }
      guard let first = found.first else {
        return .failure(Refusal(description: "nothing waits for review at \(path)"))
      }
      guard found.count == 1 else {
        let names = found.map { "  \($0.path)" }.joined(separator: "\n")
        return .failure(Refusal(description: "\(path) is the end of several:\n\(names)"))
      }
      if !chosen.contains(first) { chosen.append(first) }
    }
    return .success(chosen)
  }

  private static func orphans(
    _ arguments: [String], _ place: GoldenPlace, _ listTests: (URL) -> String?
  ) -> Outcome {
    var (results, list): ([String], String?) = ([], nil)
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard option == "--results" || option == "--tests" else {
        return trouble("orphans has no option `\(option)`\n\n\(help)")
      }
      guard let path = rest.popFirst() else { return trouble("\(option) needs a file") }
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        return trouble("\(path) cannot be read")
      }
      if option == "--tests" { list = text } else { results.append(text) }
    }
    guard let tests = list ?? listTests(place.package) else {
      return trouble("`swift test list` failed: give its output with --tests")
    }
    var run = TestRun(list: tests)
    for text in results { run.addResults(xunit: text) }
    let report = OrphanReport(
      goldens: place.goldenFiles(), package: place.package.path,
      processes: ProcessUsage.all(in: place), run: run)
    let isClean = report.collisions.isEmpty && report.verdicts.allSatisfy { $0.verdict == .used }
    return Outcome(output: "\(report)", status: isClean ? .success : .findings)
  }

  /// The output of `swift test list` in a package; nil when it fails.
  package static func swiftTestList(_ package: URL) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift", "test", "list", "--package-path", package.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}

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
           harness golden orphans --run
           harness golden orphans [--results file.xml]… [--tests file]

    A path is that of the golden file, or its end. Candidates lie in HARNESS_ARTIFACTS, by default .harness
    beside Package.swift.

    orphans
      Which files no test used, and which ones several tests share, by the logs of all processes of a run. It says
      "unknown" for a file as long as a test that may use it was not run or did not pass, and where a process
      crashed. Nothing is deleted.

      --run           removes old logs and runs all tests: swift test --parallel --xunit-output …
      --results FILE  what an own run wrote with --xunit-output; for results.xml also results-swift-testing.xml
      --tests FILE    the output of `swift test list`, which is asked otherwise

      An own run is whole without --filter and --skip, and begins without old logs:
        rm -rf .harness/golden-usage
        swift test --parallel --xunit-output results.xml
        harness golden orphans --results results.xml

    as a plugin
      swift package --allow-writing-to-package-directory harness golden accept …
      Only accept and reject write there. orphans needs `swift run harness golden orphans`, or --tests: a plugin
      cannot ask the package manager that waits for it.

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
  ///   - tests: Lists and runs the tests of the package.
  /// - Returns: What to print, and how it ended.
  package static func run(
    _ arguments: [String], in folder: URL, environment: [String: String],
    tests: PackageTests
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
    case "orphans":
      return OrphanCommand(place: place, environment: environment, tests: tests).run(rest)
    case .some(let name): return trouble("golden has no command `\(name)`\n\n\(help)")
    case nil: return trouble("no command given\n\n\(help)")
    }
  }

  static func trouble(_ complaint: String) -> Outcome {
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
      return trouble(reason(error))
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
          var outcome = trouble("\(golden.path): \(reason(error))")
          outcome.output = lines.joined(separator: "\n")
          return outcome
        }
      }
      return Outcome(output: lines.joined(separator: "\n"))
    case .failure(let refusal): return trouble(refusal.description)
    }
  }

  /// Why a file could not be read or written, and what to do where a plugin may not.
  private static func reason(_ error: any Error) -> String {
    guard (error as? CocoaError)?.code == .fileWriteNoPermission else {
      return error.localizedDescription
    }
    return error.localizedDescription
      + """

        try  swift package --allow-writing-to-package-directory harness golden …, or swift run harness golden …
      """
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
}

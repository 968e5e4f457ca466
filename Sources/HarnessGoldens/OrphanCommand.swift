import Foundation

/// `harness golden orphans`: reads its options, and brings logs, results and tests together.
struct OrphanCommand {
  let place: GoldenPlace
  let environment: [String: String]
  let tests: PackageTests

  /// The environment variable by which the plugin tells that a package manager waits for this process.
  static let pluginVariable = "HARNESS_PLUGIN"

  private struct Options {
    var runs = false
    var results: [URL] = []
    var list: String?
  }

  private struct Misuse: Error {
    let complaint: String
  }

  func run(_ arguments: [String]) -> GoldenCommandLine.Outcome {
    do {
      var options = try read(arguments)
      if options.runs { options.results = [try runTests()] }
      let report = try report(options)
      let isClean = report.collisions.isEmpty && report.verdicts.allSatisfy { $0.verdict == .used }
      let hint =
        options.results.isEmpty && !isClean
        ? "\ntry      harness golden orphans --run, or --results" : ""
      return GoldenCommandLine.Outcome(
        output: "\(report)\(hint)", status: isClean ? .success : .findings)
    } catch {
      let complaint = (error as? Misuse)?.complaint ?? error.localizedDescription
      return GoldenCommandLine.trouble(complaint)
    }
  }

  private func read(_ arguments: [String]) throws -> Options {
    var options = Options()
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--run" {
        options.runs = true
        continue
      }
      guard option == "--results" || option == "--tests" else {
        throw Misuse(
          complaint: "orphans has no option `\(option)`\n\n\(GoldenCommandLine.help)")
      }
      guard let path = rest.popFirst() else { throw Misuse(complaint: "\(option) needs a file") }
      if option == "--tests" {
        options.list = try text(of: URL(fileURLWithPath: path))
      } else {
        options.results.append(URL(fileURLWithPath: path))
      }
    }
    guard !options.runs || options.results.isEmpty else {
      throw Misuse(complaint: "--run makes results of its own: leave out --results")
    }
    if environment[Self.pluginVariable] != nil, options.runs || options.list == nil {
      throw Misuse(
        complaint: """
          a plugin cannot ask the package manager, which waits for it
            try  swift run harness golden orphans …
            or   swift test list >tests.txt, and --tests tests.txt
          """)
    }
    return options
  }

  private func text(of file: URL) throws -> String {
    guard let data = try? Data(contentsOf: file) else {
      throw Misuse(complaint: "\(file.path) cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Runs all tests without the logs of earlier runs; the answer is where the results are.
  private func runTests() throws -> URL {
    let results = place.artifacts.appendingPathComponent("golden-results.xml")
    try ProcessUsage.removeAll(in: place)
    try FileManager.default.createDirectory(at: place.artifacts, withIntermediateDirectories: true)
    for file in [results, Self.companion(of: results)] {
      try? FileManager.default.removeItem(at: file)
    }
    tests.run(place.package, results)
    return results
  }

  private func report(_ options: Options) throws -> OrphanReport {
    guard let list = options.list ?? tests.list(place.package) else {
      throw Misuse(complaint: "`swift test list` failed: give its output with --tests")
    }
    var run = TestRun(list: list)
    var written: Date?
    for file in options.results {
      // `--xunit-output results.xml` puts those of Swift Testing into a second file. A package may have either.
      let files = [file, Self.companion(of: file)].filter {
        FileManager.default.fileExists(atPath: $0.path)
      }
      guard !files.isEmpty else {
        throw Misuse(
          complaint: options.runs
            ? "the run wrote no results: see what `swift test` said above"
            : "\(file.path) cannot be read")
      }
      for file in files {
        run.addResults(xunit: try text(of: file))
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        let date = attributes?[.modificationDate] as? Date
        written = [written, date].compactMap(\.self).max()
      }
    }
    return OrphanReport(
      goldens: place.goldenFiles(), package: place.package.path,
      processes: ProcessUsage.all(in: place), run: run, resultsWritten: written)
  }

  /// Where the package manager puts the results of Swift Testing.
  private static func companion(of results: URL) -> URL {
    let name = results.deletingPathExtension().lastPathComponent
    let file = results.deletingLastPathComponent()
      .appendingPathComponent("\(name)-swift-testing")
    return results.pathExtension.isEmpty
      ? file : file.appendingPathExtension(results.pathExtension)
  }
}

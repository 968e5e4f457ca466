import ArgumentParser
import Foundation
import GoldenFiles

/// Line differences beside those of git.
struct GoldenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "golden", abstract: "Line differences beside git diff --histogram, in CPU time.")

  @Option(help: "Runs of each shape; the two take turns.") var runs = 5

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    print("line differences, CPU milliseconds, best of \(runs) interleaved runs")
    print("  git      ours     × git    shape")
    for shape in DifferenceShape.all {
      let old = folder.appendingPathComponent("old.txt")
      let new = folder.appendingPathComponent("new.txt")
      try Data(shape.old.utf8).write(to: old)
      try Data(shape.new.utf8).write(to: new)
      var (git, ours) = (Double.infinity, Double.infinity)
      for _ in 0..<runs {
        git = min(git, try Self.cpuOfGit(old, new))
        ours = min(ours, try Self.cpuOfOurs(old, new))
      }
      print("  \(column(git)) \(column(ours)) \(column(ours / git)) \(shape.name)")
    }
  }

  private func column(_ value: Double) -> String {
    let text = "\((value * 100).rounded() / 100)"
    return text + String(repeating: " ", count: max(1, 8 - text.count))
  }

  /// A process of git from its start to its end.
  private static func cpuOfGit(_ old: URL, _ new: URL) throws -> Double {
    let before = cpu(ofChildren: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "git", "diff", "--no-index", "--histogram", "--text", "--no-color", old.path, new.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return cpu(ofChildren: true) - before
  }

  /// Reading both files, the difference, and its text at full length.
  private static func cpuOfOurs(_ old: URL, _ new: URL) throws -> Double {
    let before = cpu(ofChildren: false)
    let format = TextGolden()
    let golden = try format.read(Array(Data(contentsOf: old)))
    let actual = try format.read(Array(Data(contentsOf: new)))
    let comparison = format.compare(actual, with: golden, rules: [])
    var length = 0
    for finding in comparison.differences {
      length += finding.description.utf8.count + finding.whole.utf8.count
    }
    guard length > 0 else { throw ValidationError("no difference was found") }
    return cpu(ofChildren: false) - before
  }

  /// User and system time, in milliseconds.
  private static func cpu(ofChildren isChildren: Bool) -> Double {
    var usage = rusage()
    #if canImport(Darwin)
      let who = isChildren ? RUSAGE_CHILDREN : RUSAGE_SELF
    #else
      let who = __rusage_who_t((isChildren ? RUSAGE_CHILDREN : RUSAGE_SELF).rawValue)
    #endif
    // Safe: the pointer is that of a variable on this stack.
    _ = unsafe getrusage(who, &usage)
    func milliseconds(_ time: timeval) -> Double {
      Double(time.tv_sec) * 1_000 + Double(time.tv_usec) / 1_000
    }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
  }
}

import Foundation

/// What one process took.
struct Figures {
  /// CPU milliseconds of the work itself, as the process tells them: without starting a language up.
  var work: Double
  /// Milliseconds that passed meanwhile.
  var wall: Double
  /// CPU milliseconds of the whole process.
  var process: Double
  /// The most memory that it had, in megabytes.
  var memory: Double
}

/// A piece of work in a process of its own.
struct Measurement {
  let executable: String
  let arguments: [String]

  struct Failed: Error {
    let command: String
  }

  /// Runs the process to its end.
  @discardableResult
  func run() throws -> Figures {
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [executable] + arguments
    process.standardOutput = output
    let before = Self.childrenCPU
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(command: ([executable] + arguments).joined(separator: " "))
    }
    let work = text.split(separator: " ").first.flatMap { Double($0) } ?? 0
    let words = text.split(whereSeparator: \.isWhitespace).map { Double($0) ?? 0 }
    return Figures(
      work: work, wall: words.count > 3 ? words[3] : 0, process: Self.childrenCPU - before,
      memory: words.count > 2 ? words[2] : 0)
  }

  /// CPU milliseconds of all processes that have been waited for.
  private static var childrenCPU: Double {
    var usage = rusage()
    #if canImport(Glibc)
      unsafe getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    #else
      unsafe getrusage(RUSAGE_CHILDREN, &usage)
    #endif
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return seconds * 1000 + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000
  }
}

/// The medians of all measurements as a table in Markdown.
struct MeasurementTable {
  private var rows: [String] = []

  mutating func add(_ shape: String, _ results: [(name: String, figures: [Figures])]) {
    let reference = results.first { ["fastexcel", "rustpy"].contains($0.name) }
    let bar = reference.map { median($0.figures.map(\.work)) }
    for (name, figures) in results where !figures.isEmpty {
      let work = median(figures.map(\.work))
      let ratio = bar.map { String(format: "%.2f", work / $0) } ?? ""
      rows.append(
        "| \(shape) | \(name) | \(whole(work)) | \(ratio) | \(whole(median(figures.map(\.wall)))) | \(whole(median(figures.map(\.process)))) | \(whole(median(figures.map(\.memory)))) |"
      )
    }
  }

  var text: String {
    ([
      "| work | with | CPU ms | × the peer | wall ms | process CPU ms | peak MB |",
      "|---|---|---|---|---|---|---|",
    ] + rows)
    .joined(separator: "\n")
  }

  private func whole(_ number: Double) -> String { String(format: "%.0f", number) }

  private func median(_ numbers: [Double]) -> Double {
    numbers.isEmpty ? 0 : numbers.sorted()[numbers.count / 2]
  }
}

/// The most memory that this process had so far, in megabytes.
func peakMemory() -> Double {
  var usage = rusage()
  #if canImport(Glibc)
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  #else
    unsafe getrusage(RUSAGE_SELF, &usage)
    return Double(usage.ru_maxrss) / 1_048_576
  #endif
}

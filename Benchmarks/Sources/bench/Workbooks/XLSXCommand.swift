import ArgumentParser
import Foundation

/// Reads and writes workbooks beside other libraries.
struct XLSXCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xlsx",
    abstract:
      "Reads and writes workbooks beside python-calamine, fastexcel, openpyxl and two writers.",
    discussion: """
      The workbooks are made once by xlsx/generate.py. Each piece of work is done in a process of its own, \
      all of them in turn, round after round: of the CPU times the median is told, and the peak memory of \
      the process. What a peer does not have is left out.
      """)

  @Option(help: "A Python with the peers.") var python = "python3"
  @Option(help: "Where the workbooks are made.") var folder = ".build/xlsx"
  @Option(help: "How often each piece of work is done.") var rounds = 5
  @Flag(help: "Leaves out openpyxl and XlsxWriter, which take seconds.") var quick = false

  func run() async throws {
    let scripts = URL(filePath: "\(#filePath)").deletingLastPathComponent()
      .appending(path: "../../../xlsx").standardizedFileURL.path
    let files = URL(filePath: folder).path
    try Measurement(executable: python, arguments: ["\(scripts)/generate.py", files]).run()
    var table = MeasurementTable()
    for shape in ["mixed", "numbers", "strings", "inline"] {
      let file = "\(files)/\(shape).xlsx"
      table.add(shape, try measured(readers(of: file, shape: shape, scripts: scripts)))
    }
    let written = "\(files)/written.xlsx"
    table.add("write", try measured(writers(of: written, scripts: scripts)))
    print(table.text)
  }

  private func readers(of file: String, shape: String, scripts: String) -> [(String, Measurement)] {
    var works: [(String, Measurement)] = [
      own("stream", file), own("ahead", file), own("sheet", file),
    ]
    if shape == "mixed" { works += [own("decode", file), own("columns", file)] }
    var peers = ["fastexcel", "calamine"]
    if !quick { peers.append("openpyxl") }
    return works + peers.map { peer($0, file, scripts) }
  }

  private func writers(of file: String, scripts: String) -> [(String, Measurement)] {
    let peers = quick ? ["rustpy"] : ["rustpy", "xlsxwriter"]
    return [own("write", file)] + peers.map { peer($0, file, scripts) }
  }

  private func own(_ work: String, _ file: String) -> (String, Measurement) {
    let bench = CommandLine.arguments[0]
    return ("ours, \(work)", Measurement(executable: bench, arguments: ["xlsx-work", work, file]))
  }

  private func peer(_ name: String, _ file: String, _ scripts: String) -> (String, Measurement) {
    (name, Measurement(executable: python, arguments: ["\(scripts)/peer.py", name, file]))
  }

  private func measured(
    _ works: [(String, Measurement)]
  ) throws -> [(name: String, figures: [Figures])] {
    var results = works.map { (name: $0.0, figures: [Figures]()) }
    for _ in 0..<rounds {
      for index in works.indices {
        if let figures = try? works[index].1.run() { results[index].figures.append(figures) }
      }
    }
    return results
  }
}

/// Does one piece of work with a workbook, in the process that is measured.
struct XLSXWorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xlsx-work", abstract: "Does one piece of work with a workbook.",
    shouldDisplay: false)

  @Argument var work: String
  @Argument var file: String

  func run() throws {
    guard let work = WorkbookWork(rawValue: work) else { throw ValidationError("no such work") }
    let memory = peakMemory()
    let wall = ContinuousClock()
    let start = wall.now
    let begun = clock()
    let count = try work.run(file)
    let milliseconds = Double(clock() - begun) / Double(CLOCKS_PER_SEC) * 1000
    let passed = (wall.now - start) / .milliseconds(1)
    // The last one is what the process had before the work, for a bound on what the work itself takes.
    print("\(milliseconds) \(count) \(peakMemory()) \(passed) \(memory)")
  }
}

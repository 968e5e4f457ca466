import ArgumentParser
import Foundation

/// Reading and comparing JSON beside its peers.
struct JSONCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json",
    abstract: "Reading and comparing JSON beside Foundation and orjson.",
    discussion: """
      orjson runs in the Python that --python or HARNESS_PYTHON names; see python-requirements.txt.
      """)

  @Option(help: "Sizes of the documents of records, in megabytes.") var sizes = [1, 10, 50]
  @Option(help: "Rounds, in each of which every reader takes its turn.") var rounds = 5
  @Option(help: "A Python that has orjson.") var python: String?

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bench-json-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let python = self.python ?? ProcessInfo.processInfo.environment["HARNESS_PYTHON"]
    for size in sizes {
      let document = RecordDocument(megabytes: size).bytes(reordered: false, changes: 0)
      try await compare(document, "\(size) MB of records", isRecords: true, python, in: folder)
    }
    for shape in DocumentShape.allCases {
      let document = shape.bytes(megabytes: 10)
      try await compare(
        document, "10 MB of \(shape.rawValue)", isRecords: false, python, in: folder)
    }
    try JSONDifferenceBench(megabytes: sizes.max() ?? 50, rounds: rounds).run()
  }

  private func compare(
    _ document: [UInt8], _ title: String, isRecords: Bool, _ python: String?, in folder: URL
  ) async throws {
    let file = folder.appending(path: "document.json")
    try Data(document).write(to: file)
    var readers = JSONReader.allCases.filter { isRecords || ($0 != .decoder && $0 != .typed) }
    if python == nil { readers.removeAll { $0 == .orjson } }
    var seconds = readers.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, reader) in readers.enumerated() {
        seconds[index].append(try reader.seconds(document, file, python: python))
      }
    }
    let peer = readers.firstIndex(of: .orjson).map { Self.median(seconds[$0]) }
    let foundation = readers.firstIndex(of: .serialization).map { Self.median(seconds[$0]) }
    print("\(title), \(document.count) bytes")
    print("  MB/CPU s  best      × orjson  × JSONSer  peak ÷ input  reader")
    for (index, reader) in readers.enumerated() {
      let median = Self.median(seconds[index])
      let megabytes = Double(document.count) / 1e6
      let peak = try reader.peak(of: file, python: python)
      let columns = [
        megabytes / median, megabytes / (seconds[index].min() ?? median),
        peer.map { $0 / median } ?? .nan, foundation.map { $0 / median } ?? .nan,
        Double(peak) / Double(document.count),
      ]
      let widths = [10, 10, 10, 11, 14]
      print("  " + zip(columns, widths).map(leftColumn).joined() + reader.rawValue)
    }
    print("")
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// A number with a few digits, on the left of a column.
func leftColumn(_ value: Double, _ width: Int) -> String {
  let text = value.isNaN ? "-" : "\((value * 100).rounded() / 100)"
  return text + String(repeating: " ", count: max(1, width - text.count))
}

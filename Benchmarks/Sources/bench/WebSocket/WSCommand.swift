import ArgumentParser
import Foundation
import WSDriver

/// WebSockets beside their peers: the codec, echoes, the time to the test's next line, and memory.
struct WSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ws",
    abstract: "WebSockets beside NIO's codec and Python's clients.",
    discussion: """
      Needs the conformance program beside this one, and for the peers a Python with websockets and aiohttp, named by \
      HARNESS_PYTHON.
      """)

  @Option(help: "Runs of each measurement; they take turns, and the median counts.") var runs = 5
  @Option(help: "MiB of payload in a measurement of the codec; a debug build wants fewer.")
  var megabytes = 32
  @Option(help: "Idle connections whose memory is measured.") var connections = 10_000
  @Option(help: "Measure only these: codec, echo, latency, memory.") var only: [String] = []
  @Option(help: "Echo only messages of these sizes.") var size: [Int] = []
  @Option(help: "Echo only kinds with these words: text, binary, plain, deflate.")
  var kind: [String] = []
  @Option(help: "Echo only with these clients: floor, pool, thread, websockets, aiohttp.")
  var client: [String] = []

  func run() async throws {
    func isWanted(_ part: String) -> Bool { only.isEmpty || only.contains(part) }
    if isWanted("codec") { CodecBenchmark(runs: runs, megabytes: megabytes).print() }
    if isWanted("latency") { try await LatencyBenchmark(runs: runs).print() }
    if isWanted("echo") {
      try await withEchoServer(deflate: true) {
        try await EchoBenchmark(url: $0, runs: runs, sizes: size, kinds: kind, clients: client)
          .print()
      }
    }
    if isWanted("memory") {
      try await withEchoServer(deflate: false) {
        try await MemoryBenchmark(url: $0, connections: connections).print()
      }
    }
  }
}

/// Runs `body` beside the conformance program as a server of a process of its own.
func withEchoServer(deflate: Bool, _ body: (String) async throws -> Void) async throws {
  let server = Process()
  let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  server.executableURL = folder.appending(path: "conformance")
  server.arguments = ["ws-server"] + (deflate ? ["--deflate"] : [])
  let output = Pipe()
  server.standardOutput = output
  try server.run()
  defer {
    server.terminate()
    server.waitUntilExit()
  }
  let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  guard let url = line.split(separator: " ").last?.split(separator: "\n").first else {
    throw Trouble(description: "the server does not say where it listens: \(line)")
  }
  try await body(String(url))
}

/// Why a measurement could not be made.
struct Trouble: Error, CustomStringConvertible {
  let description: String
}

/// The middle one of several figures.
func median(_ figures: [Double]) -> Double {
  let sorted = figures.sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}

/// A figure with so many digits behind the point, in a column.
func column(_ value: Double, _ digits: Int = 1, width: Int = 10) -> String {
  let text = value.isNaN ? "-" : String(format: "%.\(digits)f", value)
  return String(repeating: " ", count: max(0, width - text.count)) + text
}

import ArgumentParser
import Foundation
import HTTPDriver
import HarnessJSON

/// The HTTP driver over each transport, beside a bare loop of NIO, and its memory.
struct HTTPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "http",
    abstract:
      "Exchanges over each transport beside a bare NIO client, the memory of 1 GiB, and its upload.",
    discussion:
      "The service of the TCP rows has a process of its own; CPU time is that of the client.")

  @Option(help: "Runs of each measurement; they take turns, and the median counts.") var runs = 5
  @Option(help: "Exchanges of each run.") var exchanges = 5_000
  @Option(help: "MiB that are streamed to measure the memory.") var mebibytes = 1_024
  @Option(help: "Measure only these: exchanges, ceiling, memory, multipart.")
  var only: [String] = []

  func run() async throws {
    func isWanted(_ part: String) -> Bool { only.isEmpty || only.contains(part) }
    try await withServiceProcess(
      CommandLine.arguments[0], arguments: ["http-service"], ready: .address(after: "listening on ")
    ) { service in
      if isWanted("multipart") {
        try await MultipartUpload(address: service.address, mebibytes: mebibytes).print()
      }
      if isWanted("exchanges") {
        try await ExchangeBenchmark(address: service.address, runs: runs, count: exchanges).print()
      }
      if isWanted("ceiling") {
        try await LoadMakers(address: service.address, runs: runs, count: exchanges).print()
      }
    }
    if isWanted("memory") { try await StreamMemory(mebibytes: mebibytes).print() }
  }
}

/// The service that is driven.
struct HTTPServiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "http-service", abstract: "Serves what `http` asks for.", shouldDisplay: false)

  func run() async throws {
    try await withHTTPService(benchmarkService) { transport in
      // Not by `print`, which keeps the line while nobody reads a terminal.
      FileHandle.standardOutput.write(Data("listening on \(transport.name)\n".utf8))
      let end = AsyncStream<Void> { _ in }
      for await _ in end {}
    }
  }
}

/// Answers a GET with a short JSON, and streams as many MiB as the path says.
let benchmarkService: HTTPHandler = { request, body in
  if let count = request.path?.split(separator: "/").last.flatMap({ Int($0) }) {
    let piece = [UInt8](repeating: 7, count: 64 << 10)
    let left = Countdown(count * 16)
    return HTTPReply(.ok, .stream(AsyncStream { left.next() ? piece : nil }))
  }
  var received = 0
  for try await piece in body { received += piece.count }
  return HTTPReply(.ok, .json(["received": .number(JSONNumber(received))]))
}

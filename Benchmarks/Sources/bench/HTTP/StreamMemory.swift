import Foundation
import HTTPDriver
import HarnessJSON
import NIOConcurrencyHelpers

/// The most memory that the process has, before and after a long body has gone through it both ways.
struct StreamMemory {
  let mebibytes: Int

  func print() async throws {
    for (title, transport) in [
      ("handler", HTTPTransport.handler(benchmarkService)), ("memory", .memory(benchmarkService)),
    ] {
      try await measure(title, transport)
    }
    try await withHTTPService(benchmarkService) { try await measure("tcp, both ends", $0) }
    Swift.print("")
  }

  private func measure(_ title: String, _ transport: HTTPTransport) async throws {
    let http = HTTPDriver(transport)
    // What all exchanges share is made by a short one.
    try await download(http, 1)
    try await upload(http, 1)
    let before = PeakMemory.now
    try await download(http, mebibytes)
    let downloaded = PeakMemory.now
    try await upload(http, mebibytes)
    let uploaded = PeakMemory.now
    Swift.print(
      "memory: \(title), \(mebibytes) MiB each way: peak \(before >> 20) MiB before,",
      "\(downloaded >> 20) MiB after the download, \(uploaded >> 20) MiB after the upload")
  }

  private func download(_ http: HTTPDriver, _ mebibytes: Int) async throws {
    var count = 0
    try await http.stream(.get, "/\(mebibytes)", within: .seconds(60)) { response in
      for try await piece in response.pieces { count += piece.count }
    }
    guard count == mebibytes << 20 else { throw Trouble(description: "\(count) bytes came") }
  }

  private func upload(_ http: HTTPDriver, _ mebibytes: Int) async throws {
    let piece = [UInt8](repeating: 7, count: 64 << 10)
    let left = Countdown(mebibytes * 16)
    try await http.post(
      "/upload", .stream(AsyncStream { left.next() ? piece : nil }), within: .seconds(600)
    ).expectJSON("/received", equals: .number(JSONNumber(mebibytes << 20)))
  }
}

/// Counts down to nothing.
final class Countdown: Sendable {
  private let left: NIOLockedValueBox<Int>

  init(_ count: Int) {
    left = NIOLockedValueBox(count)
  }

  /// Whether there is another one.
  func next() -> Bool {
    left.withLockedValue { left in
      left -= 1
      return left >= 0
    }
  }
}

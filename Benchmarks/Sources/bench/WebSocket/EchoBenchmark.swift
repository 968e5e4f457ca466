import Foundation
import WSDriver

/// The CPU time of a client per message that it echoes with the same server, which has a process of its own.
struct EchoBenchmark {
  let url: String
  let runs: Int
  /// The sizes to measure; all where none is named.
  let sizes: [Int]
  /// Words that the kinds to measure have, such as `text`; all where none is named.
  let kinds: [String]
  /// The clients to measure; all where none is named.
  let clients: [String]

  private struct Row {
    let size: Int
    let isText: Bool
    let deflate: Bool

    var count: Int { min(5_000, max(40, (16 << 20) / size / (deflate ? 4 : 1))) }
    var message: WSMessage {
      let unit = "{\"stage\":\"validation\",\"percent\":10}"
      let text = String(String(repeating: unit, count: size / unit.count + 1).prefix(size))
      return isText ? .text(text) : .binary(Array(text.utf8))
    }
    var title: String { "\(isText ? "text" : "binary"), \(deflate ? "deflate" : "plain")" }
  }

  func print() async throws {
    let python = ProcessInfo.processInfo.environment["HARNESS_PYTHON"]
    let rows = [16, 1 << 10, 64 << 10, 1 << 20].flatMap { size in
      [true, false].flatMap { isText in
        [false, true].map { Row(size: size, isText: isText, deflate: $0) }
      }
    }.filter { row in
      (sizes.isEmpty || sizes.contains(row.size)) && kinds.allSatisfy(row.title.contains)
    }
    Swift.print("echo: CPU µs of the client per message, median of \(runs) runs that take turns")
    Swift.print(
      "      size  kind                 floor      ours   on thread  websockets     aiohttp"
        + "   × websockets  × aiohttp"
    )
    for row in rows {
      var figures: [[Double]] = [[], [], [], [], []]
      for _ in 0..<runs {
        if !row.deflate, isWanted("floor") {
          figures[4].append(try EchoFloor(url: url, message: row.message).measure(row.count))
        }
        if isWanted("pool") { figures[0].append(try await ours(row, .pool)) }
        if isWanted("thread") { figures[3].append(try await ours(row, .connection)) }
        for (index, library) in ["websockets", "aiohttp"].enumerated() {
          guard let python, isWanted(library) else { continue }
          figures[index + 1].append(try peer(python, library, row))
        }
      }
      let (ours, websockets, aiohttp, onThread) = (
        median(figures[0]), median(figures[1]), median(figures[2]), median(figures[3])
      )
      Swift.print(
        column(Double(row.size), 0), "  ",
        row.title.padding(toLength: 16, withPad: " ", startingAt: 0),
        column(median(figures[4])), column(ours), column(onThread, 1, width: 12),
        column(websockets, 1, width: 12),
        column(aiohttp, 1, width: 12), factors(websockets, ours, onThread, 14),
        factors(aiohttp, ours, onThread, 11), separator: "")
    }
    Swift.print("")
  }

  private func isWanted(_ client: String) -> Bool { clients.isEmpty || clients.contains(client) }

  /// How many times our two figures a peer's is.
  private func factors(_ peer: Double, _ ours: Double, _ onThread: Double, _ width: Int) -> String {
    column(peer / ours, 2, width: width - 5) + " "
      + column(peer / onThread, 2, width: 5)
  }

  private func ours(_ row: Row, _ thread: WSThread) async throws -> Double {
    let message = row.message
    let driver = WSDriver(
      HTTPDriver("http:" + url.dropFirst(3)),
      WSOptions(compression: row.deflate ? WSDeflate() : nil, thread: thread))
    let outcome = try await driver.outcome("/") { socket in
      func echo(_ count: Int) async throws {
        for _ in 0..<count {
          switch message {
          case .text(let text): try socket.send(text: text)
          case .binary(let bytes): try socket.send(binary: bytes)
          }
          guard case .message(let answer) = await socket.outcomeOfNext(),
            answer.text?.utf8.count ?? answer.bytes.count == row.size
          else { throw Trouble(description: "no echo") }
        }
      }
      try await echo(max(row.count / 10, 1))
      let start = processTime()
      try await echo(row.count)
      return (processTime() - start) / Double(row.count) * 1e6
    }
    guard case .value(let figure) = outcome else { throw Trouble(description: "no WebSocket") }
    return figure
  }

  private func peer(_ python: String, _ library: String, _ row: Row) throws -> Double {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Peers/ws-echo-client.py").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      script, library, url, "\(row.size)", "\(row.count)", row.isText ? "text" : "binary",
      row.deflate ? "deflate" : "plain",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let figure = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Trouble(description: "\(library) says: \(text)")
    }
    return figure
  }
}

/// The CPU seconds of this process so far.
func processTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

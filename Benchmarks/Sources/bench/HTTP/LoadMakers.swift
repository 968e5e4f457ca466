import Foundation
import HTTPDriver

/// What programs that only make load get out of the same service: the ceiling for any client.
///
/// Each has one thread. They take turns, with the driver among them.
struct LoadMakers {
  let address: String
  let runs: Int
  let count: Int

  /// What came of one turn.
  private struct Turn {
    var exchangesPerSecond = Double.nan
    /// CPU time of the load maker for each exchange.
    var microseconds = Double.nan
  }

  private struct Way {
    let title: String
    let run: (_ connections: Int) async throws -> Turn
  }

  func print() async throws {
    var ways: [Way] = []
    let seconds = 1
    if let wrk = Self.path("wrk") {
      for (title, fields) in [
        ("kept connections", []), ("a connection each", ["Connection: close"]),
      ] {
        ways.append(
          Way(title: "wrk, \(title)") { connections in
            try load(
              wrk,
              ["-t1", "-c\(connections)", "-d\(seconds)s"] + fields.flatMap { ["-H", $0] }
                + ["\(address)/"],
              count: /(?<figure>[0-9]+) requests in/, rate: /Requests\/sec: +(?<figure>[0-9.]+)/,
              faults: /Socket errors:.*|Non-2xx.*/)
          })
      }
    }
    if let h2load = Self.path("h2load") {
      ways.append(
        Way(title: "h2load --h1, kept connections") { connections in
          try load(
            h2load, ["--h1", "-t1", "-c\(connections)", "-n\(count * 4)", "\(address)/"],
            count: /(?<figure>[0-9]+) succeeded/, rate: /finished in .*, (?<figure>[0-9.]+) req/,
            faults: /[1-9][0-9]* (failed|errored|timeout)/)
        })
    }
    guard !ways.isEmpty else {
      return Swift.print("ceiling: neither wrk nor h2load is installed")
    }
    let http = HTTPDriver(address).capturing(.nothing)
    ways.append(
      Way(title: "HTTPDriver, a connection each") { connections in
        try await drive(connections) { _ = try await http.get("/").expect(status: .ok) }
      })
    Swift.print("ceiling: load makers of one thread, medians of \(runs) turns, the same service")
    Swift.print("  at once  way                               exchanges/s    CPU µs each")
    for connections in [1, 8, 64] {
      var turns = ways.map { _ in [Turn]() }
      for _ in 0..<runs {
        for (index, way) in ways.enumerated() {
          turns[index].append(try await way.run(connections))
        }
      }
      for (way, turns) in zip(ways, turns) {
        Swift.print(
          column(Double(connections), 0, width: 9), "  ",
          way.title.padding(toLength: 32, withPad: " ", startingAt: 0),
          column(median(turns.map(\.exchangesPerSecond)), 0, width: 13),
          column(median(turns.map(\.microseconds)), width: 15), separator: "")
      }
    }
    Swift.print("")
  }

  private func drive(
    _ connections: Int, _ exchange: @escaping @Sendable () async throws -> Void
  ) async throws -> Turn {
    let each = count / connections
    let start = ContinuousClock.now
    let startCPU = CPUTime.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<connections {
        group.addTask { for _ in 0..<each { try await exchange() } }
      }
      try await group.waitForAll()
    }
    let done = Double(each * connections)
    let wall = start.duration(to: .now) / .seconds(1)
    return Turn(
      exchangesPerSecond: done / wall, microseconds: (CPUTime.now - startCPU) * 1e6 / done)
  }

  /// Runs a program to its end; its CPU time is that of the children that this process has waited for.
  private func load(
    _ path: String, _ arguments: [String], count: Regex<(Substring, figure: Substring)>,
    rate: Regex<(Substring, figure: Substring)>, faults: some RegexComponent
  ) throws -> Turn {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = output
    let start = CPUTime.ofChildren
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let seconds = CPUTime.ofChildren - start
    guard process.terminationStatus == 0, text.firstMatch(of: faults) == nil,
      let done = text.firstMatch(of: count).flatMap({ Double($0.output.figure) }),
      let perSecond = text.firstMatch(of: rate).flatMap({ Double($0.output.figure) })
    else { throw Trouble(description: "\(path) \(arguments): \(text)") }
    return Turn(exchangesPerSecond: perSecond, microseconds: seconds * 1e6 / done)
  }

  private static func path(_ name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

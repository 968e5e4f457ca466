import Foundation
import HTTPDriver

/// The CPU time of a client per exchange, which has a connection of its own.
struct ExchangeBenchmark {
  let address: String
  let runs: Int
  let count: Int

  private struct Row {
    let title: String
    let connections: Int
    let exchange: @Sendable () async throws -> Void
  }

  func print() async throws {
    let tcp = HTTPDriver(address)
    let uncaptured = HTTPDriver(address).capturing(.nothing)
    let observed = HTTPDriver(address).observing { _ in }
    let bare = try BareClient(address: address)
    let handler = HTTPDriver(.handler(benchmarkService))
    let memory = HTTPDriver(.memory(benchmarkService))
    var rows = [
      Row(title: "handler", connections: 1) { _ = try await handler.get("/").expect(status: .ok) },
      Row(title: "memory, both ends", connections: 1) {
        _ = try await memory.get("/").expect(status: .ok)
      },
    ]
    for connections in [1, 8, 64] {
      rows += [
        Row(title: "bare NIO", connections: connections) { try await bare.exchange() },
        Row(title: "tcp, capture off", connections: connections) {
          _ = try await uncaptured.get("/").expect(status: .ok)
        },
        Row(title: "tcp", connections: connections) {
          _ = try await tcp.get("/").expect(status: .ok)
        },
        Row(title: "tcp, JSON looked at", connections: connections) {
          _ = try await observed.get("/").expectJSON("/received", equals: 0)
        },
      ]
    }
    var figures = rows.map { _ in [Double]() }
    for _ in 0..<runs {
      for (index, row) in rows.enumerated() { figures[index].append(try await measure(row)) }
    }
    Swift.print("exchanges: CPU µs of the client each, median of \(runs) runs that take turns")
    Swift.print("  at once  way                          µs   × bare NIO")
    var bareFigure = Double.nan
    for (row, figures) in zip(rows, figures) {
      let figure = median(figures)
      if row.title == "bare NIO" { bareFigure = figure }
      Swift.print(
        column(Double(row.connections), 0, width: 9), "  ",
        row.title.padding(toLength: 20, withPad: " ", startingAt: 0), column(figure),
        column(figure / bareFigure, 2, width: 13), separator: "")
    }
    Swift.print("")
  }

  private func measure(_ row: Row) async throws -> Double {
    for _ in 0..<50 { try await row.exchange() }
    let start = CPUTime.now
    let each = count / row.connections
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<row.connections {
        group.addTask { for _ in 0..<each { try await row.exchange() } }
      }
      try await group.waitForAll()
    }
    return (CPUTime.now - start) * 1e6 / Double(each * row.connections)
  }
}

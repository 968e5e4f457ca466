import Foundation

/// Ways to do the same, which take turns.
struct Turns {
  struct Way {
    let title: String
    /// Does it so many times.
    let run: (Int) async throws -> Void
  }

  let runs = 7
  let count: Int

  /// Prints the CPU time of each in µs, the median of all turns, and its ratio to the first.
  func print(_ title: String, _ ways: [Way]) async throws {
    var figures = ways.map { _ in [Double]() }
    for way in ways { try await way.run(100) }
    for _ in 0..<runs {
      for (index, way) in ways.enumerated() {
        let start = cpuSeconds()
        try await way.run(count)
        figures[index].append((cpuSeconds() - start) * 1e6 / Double(count))
      }
    }
    Swift.print("\(title): CPU µs each, median (least to most) of \(runs) turns of \(count)")
    let first = median(figures[0])
    for (way, figures) in zip(ways, figures) {
      let name = way.title.padding(toLength: 34, withPad: " ", startingAt: 0)
      let figure = median(figures)
      let line = String(
        format: "%9.1f  (%.1f to %.1f) %6.2f", figure, figures.min() ?? 0, figures.max() ?? 0,
        figure / first)
      Swift.print("  \(name)\(line)")
    }
  }

  private func median(_ figures: [Double]) -> Double { figures.sorted()[figures.count / 2] }
}

/// The CPU seconds that this process has used.
func cpuSeconds() -> Double {
  Double(clock()) / Double(CLOCKS_PER_SEC)
}

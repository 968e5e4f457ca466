import ArgumentParser

/// From a thread's notification to the next line of the waiting task.
struct WaitersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiters",
    abstract: "From a thread's notification to the next line of the waiting task.")

  @Option(help: "Notifications in each run of a channel.") var rounds = 2000
  @Option(help: "Runs of each channel; they take turns.") var runs = 5

  func run() async {
    let wakes: [any Wake.Type] = [SemaphoreWake.self, StreamWake.self, MailboxWake.self]
    var figures = wakes.map { _ in [WakeFigures]() }
    for _ in 0..<runs {
      for (index, wake) in wakes.enumerated() {
        figures[index].append(await measure(wake, rounds: rounds))
      }
    }
    let rows = zip(wakes, figures).map { wake, runs in (wake.name, WakeFigures.median(of: runs)) }
    let floor = rows[0].1.median
    print("notify to wake, \(rounds) rounds, median of \(runs) interleaved runs, microseconds")
    print("  p50      p99      × floor  channel")
    for (name, figures) in rows {
      print(
        "  \(column(figures.median)) \(column(figures.p99)) \(column(figures.median / floor)) \(name)"
      )
    }
  }

  private func column(_ value: Double) -> String {
    let text = "\((value * 100).rounded() / 100)"
    return text + String(repeating: " ", count: max(1, 8 - text.count))
  }
}

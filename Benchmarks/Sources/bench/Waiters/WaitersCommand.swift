import ArgumentParser

/// What waiting costs, beside its peers, in one run.
struct WaitersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiters",
    abstract:
      "What waiting costs: waking, arming, parking, broadcasting, and how late a verdict is.")

  @Option(help: "Notifications in each run of a channel.") var rounds = 2000
  @Option(help: "Runs of each channel; they take turns.") var runs = 5
  @Flag(help: "Only from a notification to the woken task, for a run under another scheduler.")
  var wakeOnly = false

  func run() async {
    // First of all, while the process has no memory that is free.
    let bytes = wakeOnly ? 0 : await Broadcast.measure(waiters: 100_000).bytes
    for placement in Placement.allCases { await placement.run { await wakes(placement) } }
    guard !wakeOnly else { return }
    print("what waits cost, median of \(runs) runs")
    row("arm and disarm a deadline", await median { WaitCosts.armAndDisarm() }, "µs", "goal 3")
    row("send and take, no task parked", await median { await WaitCosts.sendAndTake() }, "µs", "")
    row("a parked waiter of 100,000, with its task", bytes, "bytes", "goal 2,200")
    row("a broadcast to 10,000", await broadcast(to: 10_000), "ms", "")
    row("a broadcast to 100,000", await broadcast(to: 100_000), "ms", "goal 1,000")
    row(
      "CPU of 10,000 idle waiters, a second", await WaitCosts.idle(waiters: 10_000), "ms", "goal 1")
    let lateness = await VerdictLateness.measure(runs: runs)
    row("a verdict with the pool blocked: taken late by", lateness.taken, "ms", "goal 20")
    row("a verdict with the pool blocked: printed late by", lateness.printed, "ms", "goal 20")
  }

  private func wakes(_ placement: Placement) async {
    let wakes: [any Wake.Type] = [
      SemaphoreWake.self, StreamWake.self, MailboxWake.self, AsyncChannelWake.self,
      ExpectationWake.self, PollerWake.self,
    ]
    var figures = wakes.map { _ in [WakeFigures]() }
    for _ in 0..<runs {
      for (index, wake) in wakes.enumerated() {
        figures[index].append(await measure(wake, rounds: max(20, rounds * wake.share / 1_000)))
      }
    }
    let rows = zip(wakes, figures).map { wake, runs in (wake.name, WakeFigures.median(of: runs)) }
    let (floor, stream) = (rows[0].1.median, rows[1].1.median)
    print("notify to wake, \(placement.rawValue)")
    print("\(rounds) rounds, median of \(runs) interleaved runs, microseconds")
    print("  p50      p99      − floor  × stream  channel")
    for (name, figures) in rows {
      print(
        "  \(column(figures.median)) \(column(figures.p99)) \(column(figures.median - floor)) "
          + "\(column(figures.median / stream))  \(name)")
    }
    print()
  }

  private func broadcast(to count: Int) async -> Double {
    await median { await Broadcast.measure(waiters: count).milliseconds }
  }

  private func median(_ measure: () async -> Double) async -> Double {
    var values: [Double] = []
    for _ in 0..<runs { values.append(await measure()) }
    return values.sorted()[runs / 2]
  }

  private func row(_ name: String, _ value: Double, _ unit: String, _ goal: String) {
    let label = name + String(repeating: " ", count: max(1, 50 - name.count))
    print("  \(label) \(column(value)) \(unit)\(goal.isEmpty ? "" : "  (\(goal))")")
  }

  private func column(_ value: Double) -> String {
    let text = "\((value * 100).rounded() / 100)"
    return text + String(repeating: " ", count: max(1, 8 - text.count))
  }
}

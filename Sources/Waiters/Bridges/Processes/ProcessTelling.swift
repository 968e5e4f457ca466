import HarnessLock
import HarnessProcess
import HarnessReporting

/// What is told of a process from its own thread, and where a test hears of it.
struct ProcessTelling: Sendable {
  let name: String
  let lines: LineStore
  let ended: Signal<ProcessExit>
  /// The process, as soon as it has been started: a failed wait for its end shows its output.
  private let child: Lock<ChildProcess?>

  private static let mostLines = 1_000_000

  init(_ name: String, at site: CallSite) {
    self.name = name
    let child = Lock<ChildProcess?>(nil)
    self.child = child
    lines = LineStore(
      limit: Self.mostLines,
      Mailbox("lines of \(name)", limit: Self.mostLines, site: site, .fedFromOutside))
    ended = Signal(
      "process", name,
      .other(
        .init(wanted: "the end of") {
          let report = child.withLock { $0 }.map { ProcessReport(name: name, process: $0) }
          return WaitAccount(
            finding: "it still runs", sections: report?.sections ?? [],
            advice:
              "see what it waits for; `terminate()` asks a process to end that does not by itself",
            journal: report?.journal)
        }), .fedFromOutside)
  }

  func started(_ child: ChildProcess) {
    self.child.withLock { $0 = child }
  }

  /// The scope is over and ends the process: that it ends and what it still says is no late arrival.
  func scopeEnds() {
    ended.channel.point.expectNothingLate()
    lines.expectNothingLate()
  }

  func wrote(_ line: ChildProcess.Line) {
    lines.send(ProcessLine(line))
  }

  func ended(_ status: ProcessStatus) {
    let exit = ProcessExit(status)
    lines.close(throwing: ProcessEnded(name: name, exit: exit))
    ended.send(exit)
  }
}

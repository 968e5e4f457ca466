import ArgumentParser
import DailyReports
import DailyReportsCommand

/// The service with one fault built in, to show that the suites find it.
@main
struct DailyReportsFaulty: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daily-reports-faulty",
    abstract: "Runs the daily reports service with one fault, for suites that should fail.")

  @OptionGroup var options: ServiceOptions

  @Option(help: "The fault.")
  var fault: Fault

  func run() async throws {
    let store = try options.openStore()
    switch fault {
    case .wrongTotal:
      try await options.serve(store: WrongTotalStore(store))
    case .lostProgress, .outOfOrder, .stuck:
      let journal = FaultyJournal(fault)
      try await options.serve(store: store, journal: journal)
    case .leakyError, .wrongMediaType:
      try await options.serve(store: store, errors: FaultyErrorWriter(fault))
    }
  }
}

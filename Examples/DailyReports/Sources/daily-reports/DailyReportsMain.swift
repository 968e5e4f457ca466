import ArgumentParser
import DailyReportsCommand

@main
struct DailyReportsMain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daily-reports",
    abstract:
      "Takes workbooks with the daily bulletin of a stock exchange, and serves reports on them.")

  @OptionGroup var options: ServiceOptions

  func run() async throws {
    try await options.serve(store: try options.openStore())
  }
}

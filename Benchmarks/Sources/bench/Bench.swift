import ArgumentParser

/// Measures the package beside its peers in one run.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures the package beside its peers: build with -c release.",
    subcommands: [
      GoldenCommand.self, HTTPCommand.self, HTTPServiceCommand.self, JSONCommand.self,
      JSONPeakCommand.self, WaitersCommand.self,
      WSCommand.self, XLSXCommand.self, XLSXWorkCommand.self,
    ])
}

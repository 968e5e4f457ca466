import ArgumentParser

/// Feeds files to the package from outside and prints what it makes of them, one JSON object a file.
@main
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Feeds files to the package and prints what it makes of them.",
    discussion: "Exit 0: every file accepted. Exit 1: one was refused. Anything else is a crash.",
    subcommands: [JSONCommand.self, ProblemCommand.self])
}

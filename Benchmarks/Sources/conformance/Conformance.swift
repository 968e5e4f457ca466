import ArgumentParser

/// Lets outside suites drive the package: feeds it files and prints what it makes of them, one JSON object a
/// file, or plays one side of a protocol.
@main
struct Conformance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Lets outside suites drive the package.",
    discussion: """
      Exit 0: everything accepted, the same, or passed. Exit 1: something was not. Anything else is a crash.
      """,
    subcommands: [
      JSONCommand.self, DiffCommand.self, JSONPathCommand.self, JSONPatchCommand.self,
      CanonicalCommand.self, ProblemCommand.self, WSClientCommand.self, WSServerCommand.self,
      XLSXCommand.self,
    ])
}

/// The command: chooses the subcommand by its name.
enum Harness {
  /// Whatever `harness` can do; a new subcommand is a line here.
  private static let subcommands: [any Subcommand.Type] = [GoldenCommand.self, LintCommand.self]

  static func run(_ arguments: [String]) -> Outcome {
    guard let first = arguments.first else { return .misuse("no command given\n\n\(help)") }
    if isHelp(first) { return Outcome(help) }
    guard let subcommand = subcommands.first(where: { $0.name == first }) else {
      return .misuse("no command `\(first)`\n\n\(help)")
    }
    let rest = Array(arguments.dropFirst())
    if rest.prefix(while: { $0 != "--" }).contains(where: isHelp) {
      return Outcome(subcommand.help)
    }
    return subcommand.run(rest)
  }

  private static func isHelp(_ argument: String) -> Bool {
    argument == "--help" || argument == "-h" || argument == "help"
  }

  private static var help: String {
    let width = subcommands.map { $0.name.count }.max() ?? 0
    let names = subcommands.map { subcommand in
      let padding = String(repeating: " ", count: width - subcommand.name.count)
      return "  \(subcommand.name)\(padding)  \(subcommand.summary)"
    }.joined(separator: "\n")
    return """
      usage: harness <command> [argument…]
             harness <command> --help

      commands
      \(names)
      """
  }
}

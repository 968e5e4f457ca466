/// A program to start, and what it is given.
package struct Command: Sendable {
  /// The variables that a program sees.
  package struct Environment: Sendable {
    let inherits: Bool
    let variables: [String: String]

    /// Those of this process.
    package static let inherited = Environment(inherits: true, variables: [:])

    /// Those of this process, and these, which win.
    package static func inherited(with variables: [String: String]) -> Environment {
      Environment(inherits: true, variables: variables)
    }

    /// These alone.
    package static func only(_ variables: [String: String]) -> Environment {
      Environment(inherits: false, variables: variables)
    }
  }

  /// A path, or a name that is looked up in this process's `PATH`.
  package var executable: String
  /// What follows the name of the program.
  package var arguments: [String]
  /// The variables that it sees.
  package var environment: Environment
  /// Where it runs; nil is where this process does.
  package var workingDirectory: String?
  /// What it reads from standard input, which then ends.
  package var input: [UInt8]
  /// How long it has after SIGTERM, before SIGKILL ends it.
  package var grace: Duration
  /// A socket that it has as descriptor 3; the caller keeps its own end.
  package var listener: LoopbackSocket?

  /// Describes a program; without `input` it reads from an empty input.
  package init(
    _ executable: String, _ arguments: [String] = [], environment: Environment = .inherited,
    workingDirectory: String? = nil, input: [UInt8] = [], grace: Duration = .seconds(5)
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.input = input
    self.grace = grace
  }
}

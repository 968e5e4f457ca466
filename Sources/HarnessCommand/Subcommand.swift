/// Something that `harness` does, under a name of its own.
protocol Subcommand: SendableMetatype {
  /// What is written after `harness`.
  static var name: String { get }
  /// What it does, in one line.
  static var summary: String { get }
  /// How it is used.
  static var help: String { get }
  /// Does it, with what was written after its name.
  static func run(_ arguments: [String]) -> Outcome
}

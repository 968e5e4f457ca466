/// What a run may do to golden files, from its environment.
enum GoldenMode: Sendable, Equatable {
  /// Compares, and never writes.
  case verify
  /// Writes files that are missing or differ, or both.
  case update(missing: Bool, changed: Bool)
  /// Writes all files anew, also those that differ in nothing but form.
  case rewrite

  static let variable = "UPDATE_GOLDEN"
  static let continuousIntegrationVariable = "UPDATE_GOLDEN_ON_CI"

  /// A mode that cannot be: an unknown value, or an update where nobody reviews it.
  struct Refusal: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  init(environment: [String: String]) throws(Refusal) {
    let value = environment[Self.variable] ?? ""
    switch value {
    case "", "0": self = .verify
    case "1": self = .update(missing: true, changed: true)
    case "missing": self = .update(missing: true, changed: false)
    case "changed": self = .update(missing: false, changed: true)
    case "all": self = .rewrite
    default:
      throw Refusal(
        description: """
          \(Self.variable)=\(value.withInvisiblesShown) means nothing: write 1, changed, missing, all or 0
          """)
    }
    guard self != .verify, let server = Self.continuousIntegration(in: environment),
      environment[Self.continuousIntegrationVariable] != "1"
    else { return }
    throw Refusal(
      description: """
        \(Self.variable)=\(value) is refused on CI (\(server) is set), where nobody reviews what it writes: \
        run it on your machine, or set \(Self.continuousIntegrationVariable)=1
        """)
  }

  /// The variable by which a CI server shows itself.
  private static func continuousIntegration(in environment: [String: String]) -> String? {
    ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"].first {
      !["", "0", "false"].contains(environment[$0]?.lowercased() ?? "")
    }
  }

  func writesMissing() -> Bool {
    switch self {
    case .verify: false
    case .update(let missing, _): missing
    case .rewrite: true
    }
  }

  func writes(isDifferent: Bool) -> Bool {
    switch self {
    case .verify: false
    case .update(_, let changed): changed && isDifferent
    case .rewrite: true
    }
  }
}

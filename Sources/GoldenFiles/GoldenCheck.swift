package import HarnessReporting

/// What came of comparing a value with its golden file.
package enum GoldenOutcome: Sendable {
  /// The two mean the same.
  case matches
  /// The file was written, as the environment asks for.
  case updated(path: String)
  /// The two differ, or could not be compared: the text for the failure, and what is too long for it.
  case failed(message: String, evidence: [Evidence])
}

/// Compares a value with its golden file, and says what came of it.
package struct GoldenCheck<Format: GoldenFormat> {
  private let format: Format
  private let rules: [GoldenRule]
  private let site: CallSite
  private let environment: [String: String]

  package init(
    _ format: Format, rules: [GoldenRule], environment: [String: String], at site: CallSite
  ) {
    self.format = format
    self.rules = rules
    self.environment = environment
    self.site = site
  }

  /// Compares the value with the file that the chosen name, or else the running test, stands for.
  package func run(_ value: Format.Value, named chosen: String?, function: String) -> GoldenOutcome
  {
    do {
      let name = try GoldenName(
        chosen: chosen, test: .current, function: function, fileID: site.fileID.description)
      let file = GoldenFile(name, fileExtension: format.fileExtension, at: site)
      if let other = GoldenClaims.claim(file.path, for: site) {
        return .failed(
          message: """
            two places share the golden file \(file.displayPath)
              here   \(site)
              there  \(other)
              try    named: "…", another for each
            """, evidence: [])
      }
      return try run(value, in: file)
    } catch {
      return .failed(message: "\(error)", evidence: [])
    }
  }

  func run(_ value: Format.Value, in file: GoldenFile) throws -> GoldenOutcome {
    let mode = try GoldenMode(environment: environment)
    guard mode != .verify else {
      var nothing: Set<String> = []
      return try run(value, in: file, mode, written: &nothing)
    }
    return try GoldenClaims.update { try run(value, in: file, mode, written: &$0) }
  }

  private func run(
    _ value: Format.Value, in file: GoldenFile, _ mode: GoldenMode, written: inout Set<String>
  ) throws -> GoldenOutcome {
    let stored = try file.read()
    var golden: Format.Value?
    var unreadable: GoldenFinding?
    do {
      golden = try stored.map(format.read)
    } catch {
      unreadable = GoldenFinding("the golden file cannot be read: \(error)")
    }
    let comparison = format.compare(value, with: golden, rules: rules)
    let differences = [unreadable].compactMap(\.self) + comparison.differences
    let candidate = try format.write(comparison.candidate)
    let message = GoldenMessage(file: file)

    guard comparison.violations.isEmpty else {
      file.removeCandidate()
      return message.brokenRules(comparison.violations, differences)
    }
    if stored == nil ? mode.writesMissing() : mode.writes(isDifferent: !differences.isEmpty) {
      file.removeCandidate()
      guard differences.isEmpty || !written.contains(file.path) else {
        return message.writtenTwice(differences)
      }
      if candidate != stored {
        try file.write(candidate)
        written.insert(file.path)
      }
      return .updated(path: file.path)
    }
    if stored != nil, differences.isEmpty {
      file.removeCandidate()
      return .matches
    }
    try file.writeCandidate(candidate)
    return stored == nil ? message.missing() : message.different(differences)
  }
}

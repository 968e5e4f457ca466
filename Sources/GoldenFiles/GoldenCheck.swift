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
  package func run(
    _ value: Format.Value, named chosen: String?, case chosenCase: String? = nil, function: String
  ) -> GoldenOutcome {
    do {
      let test = RunningTest.current
      let name = try GoldenName(
        chosen: chosen, case: chosenCase, test: test, function: function,
        fileID: site.fileID.description)
      let file = try GoldenFile(
        name, fileExtension: format.fileExtension, at: site, environment: environment)
      if let other = GoldenClaims.claim(file.path, for: site, test: test) {
        return GoldenMessage(file: file).claimed(by: other, here: site, test: test)
      }
      var result = UsageLog.Result.failed
      defer { UsageLog.add(file, result, test: test, function: function, at: site) }
      let verdict = try run(value, in: file)
      result = verdict.result
      return verdict.outcome
    } catch {
      return .failed(message: "\(error)", evidence: [])
    }
  }

  /// An outcome, and the word for it in the log.
  typealias Verdict = (outcome: GoldenOutcome, result: UsageLog.Result)

  func run(_ value: Format.Value, in file: GoldenFile) throws -> Verdict {
    let mode = try GoldenMode(environment: environment)
    guard mode != .verify else {
      var nothing: Set<String> = []
      return try run(value, in: file, mode, written: &nothing)
    }
    return try GoldenClaims.update { try run(value, in: file, mode, written: &$0) }
  }

  private func run(
    _ value: Format.Value, in file: GoldenFile, _ mode: GoldenMode, written: inout Set<String>
  ) throws -> Verdict {
    let message = GoldenMessage(file: file)
    let stored = try file.read()
    if stored == nil, let namesake = file.namesake {
      return (message.namesake(namesake), .failed)
    }
    let review = try GoldenReview(of: value, as: format, stored: stored, rules: rules)
    let (differences, candidate) = (review.differences, review.candidate)

    guard review.violations.isEmpty else {
      file.removeCandidate()
      return (message.brokenRules(review.violations, differences), .failed)
    }
    if stored == nil ? mode.writesMissing() : mode.writes(isDifferent: !differences.isEmpty) {
      file.removeCandidate()
      guard differences.isEmpty || !written.contains(file.path) else {
        return (message.writtenTwice(differences), .failed)
      }
      guard candidate != stored else { return (.matches, .matched) }
      try file.write(candidate)
      written.insert(file.path)
      return (.updated(path: file.path), .updated)
    }
    if stored != nil, differences.isEmpty {
      file.removeCandidate()
      return (.matches, .matched)
    }
    let trouble = file.writeCandidate(candidate)
    return stored == nil
      ? (message.missing(candidate, trouble: trouble), .missing)
      : (message.different(differences, candidate, trouble: trouble), .different)
  }
}

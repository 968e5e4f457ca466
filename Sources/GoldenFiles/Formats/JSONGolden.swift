public import HarnessJSON

/// JSON values, compared by meaning, with rules for what varies.
public struct JSONGolden: GoldenFormat {
  public let fileExtension = "json"

  /// Makes the format.
  public init() {}

  /// The value with indentation and a line feed at its end.
  public func write(_ value: JSONValue) -> [UInt8] {
    Array((value.prettyText + "\n").utf8)
  }

  /// The value of a file.
  ///
  /// - Throws: `JSONError` when the file is not JSON, as after a merge with conflicts.
  public func read(_ bytes: [UInt8]) throws -> JSONValue {
    try JSONValue(parsing: bytes)
  }

  /// Puts placeholders for what the rules cover into both values, and compares the rest.
  public func compare(
    _ actual: JSONValue, with golden: JSONValue?, rules: [GoldenRule]
  ) -> GoldenComparison<JSONValue> {
    var redaction = Redaction(of: actual, by: rules, on: .actual)
    guard let golden else {
      return GoldenComparison(
        differences: [], violations: redaction.violations + redaction.unusedRules(besides: []),
        candidate: redaction.value)
    }
    let stored = Redaction(of: golden, by: rules, on: .golden)
    var differences = stored.violations
    var closeEnough: [JSONPointer: JSONValue] = [:]
    for finding in JSONDifference(expected: stored.value, actual: redaction.value).findings {
      switch tolerated(finding, by: rules) {
      case .yes:
        // What is close enough stays as it is stored, so that an update leaves it alone.
        if let value = finding.expected, finding.actual != nil {
          closeEnough[finding.pointer] = value
        }
      case .no(let note): differences.append(GoldenFinding(description(of: finding, note)))
      }
    }
    redaction.replace(closeEnough)
    return GoldenComparison(
      differences: differences,
      violations: redaction.violations + redaction.unusedRules(besides: stored.usedRules),
      candidate: redaction.value)
  }

  private enum Tolerance {
    case yes
    case no(note: String?)
  }

  private func tolerated(_ finding: JSONDifference.Finding, by rules: [GoldenRule]) -> Tolerance {
    for rule in rules where rule.covers(finding.pointer) {
      switch rule.kind {
      case .ignored: return .yes
      case .number(let tolerance):
        guard case .number(let golden) = finding.expected, case .number(let actual) = finding.actual
        else { return .no(note: nil) }
        return actual.isWithin(tolerance, of: golden)
          ? .yes : .no(note: "the tolerance is \(tolerance)")
      case .uuid, .timestamp, .regex, .any: return .no(note: nil)
      }
    }
    if let text = finding.expected?.stringValue, GoldenRule.isPlaceholder(text) {
      return .no(note: "the golden file has a placeholder here, and no rule covers the place")
    }
    return .no(note: nil)
  }

  private func description(of finding: JSONDifference.Finding, _ note: String?) -> String {
    note.map { "\(finding)\n  note      \($0)" } ?? finding.description
  }
}

extension GoldenFormat where Self == JSONGolden {
  /// JSON values, compared by meaning.
  public static var json: JSONGolden { JSONGolden() }
}

public import HarnessJSON
import HarnessReporting

/// One thing that is wrong with a problem response.
public struct ProblemFinding: Sendable {
  /// The rule that is broken; nil where it is the test that expected something else.
  public let rule: ProblemRule?
  /// How binding it is: that of the rule, or weaker.
  public let strength: ProblemRule.Strength
  /// The member that is wrong; the whole document for what concerns the response.
  public let pointer: JSONPointer
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What was expected, where that helps.
  public let expected: String?
  /// What was found, where that helps.
  public let actual: String?

  /// Describes what is wrong.
  package init(
    _ rule: ProblemRule?, _ strength: ProblemRule.Strength? = nil, at pointer: JSONPointer,
    _ message: String, expected: String? = nil, actual: String? = nil
  ) {
    self.rule = rule
    self.strength = strength ?? rule?.strength ?? .must
    self.pointer = pointer
    self.message = message
    self.expected = expected
    self.actual = actual
  }
}

extension ProblemFinding: CustomStringConvertible {
  /// The rule, the place, what is wrong, and the two values under each other, with secrets masked.
  public var description: String {
    let place = pointer.tokens.isEmpty ? "" : "\(pointer.excerpt): "
    let source = rule.map { " (\(strength), RFC 9457, section \($0.section))" } ?? ""
    var lines = ["\(rule.map { "\($0.id)  " } ?? "")\(place)\(message)\(source)"]
    if let expected { lines.append("  expected  \(expected)") }
    if let actual { lines.append("  actual    \(actual)") }
    return lines.joined(separator: "\n").withSecretsMasked
  }
}

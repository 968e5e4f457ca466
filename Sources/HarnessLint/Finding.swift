/// A place in a source that the lint objects to.
package struct Finding: Sendable, Equatable {
  /// The line, counted from 1.
  package var line: Int
  /// The column, counted from 1 in bytes of UTF-8, as the compiler does.
  package var column: Int
  /// What is objected to: a rule's name, or `allow` for a comment that allows something.
  package var rule: String
  /// What was found, what is wrong with it, and what to write instead.
  package var message: String
}

extension Finding {
  init(_ match: Match) {
    self.init(
      line: match.place.line, column: match.place.column, rule: match.construct.rule.rawValue,
      message: "\(match.text) \(match.construct.fault); \(match.construct.remedy)")
  }

  /// What is wrong with an allowance, if something is.
  init?(_ allowance: Allowance) {
    let message: String
    switch allowance.meaning {
    case .allows where allowance.isUsed: return nil
    case .allows(let rule):
      message = "allows nothing: there is no \(rule.rawValue) on its line"
    case .faulty(.noReason):
      message = "allows nothing without a reason; write // harness:allow(sleep): the reason"
    case .faulty(.unknownRule(let name)):
      let rules = Rule.allCases.map(\.rawValue).joined(separator: ", ")
      message = "allows nothing: there is no rule `\(name.prefix(40))`, only \(rules)"
    case .faulty(.malformed):
      message = "is no allowance as it stands; write // harness:allow(sleep): the reason"
    }
    self.init(
      line: allowance.place.line, column: allowance.place.column, rule: "allow",
      message: "this comment \(message)")
  }
}

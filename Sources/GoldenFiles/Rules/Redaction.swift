import HarnessJSON

/// A value with placeholders for what its rules cover.
struct Redaction {
  enum Side {
    case actual, golden
  }

  private let rules: [GoldenRule]
  private let side: Side
  private(set) var value: JSONValue
  /// Where the value breaks a rule, and rules that are broken themselves.
  private(set) var violations: [GoldenFinding] = []
  /// The indices of the rules that matched something.
  private(set) var usedRules: Set<Int> = []

  init(of value: JSONValue, by rules: [GoldenRule], on side: Side) {
    self.rules = rules
    self.side = side
    self.value = value
    if side == .actual {
      violations = rules.compactMap { $0.mistake.map(GoldenFinding.init) }
    }
    let regexes = rules.map(\.regex)
    self.value = rules.mapPlaces(in: value) { index, value, place in
      usedRules.insert(index)
      return check(value, rules[index], regexes[index], at: place)
    }
  }

  private mutating func check(
    _ value: JSONValue, _ rule: GoldenRule, _ regex: Regex<AnyRegexOutput>?, at place: JSONPointer
  ) -> JSONValue {
    if side == .golden, let placeholder = rule.placeholder, value == .string(placeholder) {
      return value
    }
    if let expected = rule.violation(by: value, regex) {
      if rule.mistake == nil { violations.append(violation(rule, expected, value, at: place)) }
      // The two sides must not look equal once both broke the rule.
      return value
    }
    return rule.placeholder.map(JSONValue.string) ?? value
  }

  private func violation(
    _ rule: GoldenRule, _ expected: String, _ value: JSONValue, at place: JSONPointer
  ) -> GoldenFinding {
    let name = place.tokens.isEmpty ? "the whole document" : place.excerpt
    switch side {
    case .actual:
      return GoldenFinding(
        """
        \(name) breaks the rule \(rule)
          expected  \(expected)
          actual    \(value.excerpt(limit: 240))
        """)
    case .golden:
      let placeholder = rule.placeholder.map { "\(JSONValue.string($0)) or " } ?? ""
      return GoldenFinding(
        """
        \(name) breaks the rule \(rule) in the golden file
          expected  \(placeholder)\(expected)
          golden    \(value.excerpt(limit: 240))
        """)
    }
  }

  /// A finding for each rule that matched nothing; what may be absent may match the golden file alone.
  func unusedRules(besides goldenUses: Set<Int>) -> [GoldenFinding] {
    rules.indices.compactMap { index in
      let rule = rules[index]
      if usedRules.contains(index) || rule.mistake != nil { return nil }
      if case .ignored = rule.kind, goldenUses.contains(index) { return nil }
      return GoldenFinding("the rule \(rule) matched nothing")
    }
  }

  /// Puts other values in the places that a rule covers, all at once.
  mutating func replace(_ values: [JSONPointer: JSONValue]) {
    guard !values.isEmpty else { return }
    value = rules.mapPlaces(in: value) { _, value, place in values[place] ?? value }
  }
}

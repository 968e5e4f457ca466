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
    if !rules.isEmpty { self.value = redacted(value, at: JSONPointer()) }
  }

  private mutating func redacted(_ value: JSONValue, at place: JSONPointer) -> JSONValue {
    if let index = rules.firstIndex(where: { $0.covers(place) }) {
      usedRules.insert(index)
      return check(value, rules[index], at: place)
    }
    switch value {
    case .array(let elements):
      return .array(
        elements.enumerated().map { redacted($0.element, at: place.appending($0.offset)) })
    case .object(var object):
      for index in object.members.indices {
        let member = object.members[index]
        object.members[index].value = redacted(member.value, at: place.appending(member.name))
      }
      return .object(object)
    case .null, .bool, .number, .string: return value
    }
  }

  private mutating func check(
    _ value: JSONValue, _ rule: GoldenRule, at place: JSONPointer
  ) -> JSONValue {
    if side == .golden, let placeholder = rule.placeholder, value == .string(placeholder) {
      return value
    }
    if let expected = rule.violation(by: value) {
      if rule.mistake == nil { violations.append(violation(rule, expected, value, at: place)) }
      // The two sides must not look equal once both broke the rule.
      return value
    }
    return rule.placeholder.map(JSONValue.string) ?? value
  }

  private func violation(
    _ rule: GoldenRule, _ expected: String, _ value: JSONValue, at place: JSONPointer
  ) -> GoldenFinding {
    let name = place.tokens.isEmpty ? "the whole document" : "\(place)"
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

  mutating func replace(at place: JSONPointer, with new: JSONValue) {
    value = replacing(value, place.tokens[...], with: new)
  }

  private func replacing(
    _ value: JSONValue, _ path: ArraySlice<String>, with new: JSONValue
  ) -> JSONValue {
    guard let token = path.first else { return new }
    switch value {
    case .object(var object):
      object[token] = object[token].map { replacing($0, path.dropFirst(), with: new) }
      return .object(object)
    case .array(var elements):
      guard let index = Int(token), elements.indices.contains(index) else { return value }
      elements[index] = replacing(elements[index], path.dropFirst(), with: new)
      return .array(elements)
    case .null, .bool, .number, .string: return value
    }
  }
}

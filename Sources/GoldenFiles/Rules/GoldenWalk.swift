import HarnessJSON

/// Goes through a value and its golden one together, along the places that rules speak of, and makes of both
/// what can be compared: with placeholders, close numbers made equal, and elements in one order.
///
/// It goes no deeper than the rules' paths, so the depth of a value does not count.
struct GoldenWalk {
  /// How texts with a number are taken where a rule wants a number, as in the cells of a table.
  let readsNumbersInTexts: Bool
  let checks: [RuleCheck]
  let trees: (golden: RuleTree, actual: RuleTree)
  /// How a place is written for a reader.
  let placeText: (JSONPointer) -> String

  /// Where the value breaks a rule.
  private(set) var violations: [GoldenFinding] = []
  /// Where the golden file does, and elements that are in one of the two alone.
  private(set) var differences: [GoldenFinding] = []
  /// What to add to a difference at a place of the golden value.
  private(set) var notes: [JSONPointer: String] = [:]
  private var used: (golden: Set<Int>, actual: Set<Int>) = ([], [])
  private var aliases: (golden: AliasTable, actual: AliasTable) = (AliasTable(), AliasTable())

  init(
    _ rules: [GoldenRule], golden: JSONValue?, actual: JSONValue, readsNumbersInTexts: Bool,
    placeText: @escaping (JSONPointer) -> String
  ) {
    checks = rules.map(RuleCheck.init)
    trees = (RuleTree(checks, in: golden), RuleTree(checks, in: actual))
    self.readsNumbersInTexts = readsNumbersInTexts
    self.placeText = placeText
    violations = checks.compactMap { $0.mistake.map { GoldenFinding($0) } }
    // The golden value often has what the other has: one word for both.
    var told: Set<String> = []
    for failure in trees.actual.failures + trees.golden.failures {
      let text = "the rule \(checks[failure.rule].rule) has no place: \(failure.reason)"
      if told.insert(text).inserted { violations.append(GoldenFinding(text)) }
    }
  }

  /// One side at one place.
  struct Side {
    var value: JSONValue?
    var reach: RuleTree.Reach
    var place: JSONPointer
  }

  /// What became of both sides at one place; nil is nothing at all.
  struct Outcome {
    var golden: JSONValue?
    var actual: JSONValue?
    /// What belongs into the file.
    var candidate: JSONValue?
  }

  mutating func run(golden: JSONValue?, actual: JSONValue) -> Outcome {
    walk(
      Side(value: golden, reach: trees.golden.root, place: JSONPointer()),
      Side(value: actual, reach: trees.actual.root, place: JSONPointer()))
  }

  mutating func walk(_ golden: Side, _ actual: Side) -> Outcome {
    if golden.reach.isEmpty, actual.reach.isEmpty {
      return Outcome(golden: golden.value, actual: actual.value, candidate: actual.value)
    }
    let rules = self.rules(at: golden, actual)
    guard golden.value != nil || actual.value != nil else { return Outcome() }
    var outcome =
      if let check = rules.first(where: \.isCheck) {
        apply(check, golden, actual)
      } else {
        descend(golden, actual, arrangement: rules.first { $0.isArrangement })
      }
    // What may be absent is kept in the file, or it would come and go.
    if rules.contains(where: \.isOptional), (golden.value == nil) != (actual.value == nil) {
      outcome = Outcome(candidate: outcome.candidate ?? outcome.golden)
    }
    return outcome
  }

  /// The rules for a place: the first that says what stands there, and those that go with it.
  private mutating func rules(at golden: Side, _ actual: Side) -> [RuleCheck] {
    let all = Set(trees.golden.rules(at: golden.reach) + trees.actual.rules(at: actual.reach))
    var speaking: [Int] = []
    var hasCheck = false
    for index in all.sorted() {
      if checks[index].isCheck {
        if hasCheck { continue }
        hasCheck = true
      }
      speaking.append(index)
    }
    if golden.value != nil { used.golden.formUnion(speaking) }
    if actual.value != nil { used.actual.formUnion(speaking) }
    return speaking.map { checks[$0] }
  }

  // MARK: Rules that say what stands at a place

  private mutating func apply(_ check: RuleCheck, _ golden: Side, _ actual: Side) -> Outcome {
    switch check.rule.kind {
    case .ignored:
      return Outcome(candidate: check.placeholder.map(JSONValue.string))
    case .number(let tolerance):
      return applyNumber(check, tolerance, golden, actual)
    default:
      let stored = golden.value.map { redacted($0, check, at: golden.place, isGolden: true) }
      let found = actual.value.map { redacted($0, check, at: actual.place, isGolden: false) }
      return Outcome(golden: stored, actual: found, candidate: found)
    }
  }

  /// The placeholder for what keeps the rule; what breaks it stays, or two that broke it would look equal.
  private mutating func redacted(
    _ value: JSONValue, _ check: RuleCheck, at place: JSONPointer, isGolden: Bool
  ) -> JSONValue {
    if isGolden, check.isPlaceholder(value) { return value }
    if let expected = check.violation(by: value, isGolden: isGolden) {
      report(check, expected, value, at: place, isGolden: isGolden)
      return value
    }
    if let alias = check.alias {
      return .string(
        isGolden
          ? aliases.golden.alias(of: value, in: alias)
          : aliases.actual.alias(of: value, in: alias))
    }
    return check.placeholder.map(JSONValue.string) ?? value
  }

  private mutating func applyNumber(
    _ check: RuleCheck, _ tolerance: JSONNumber, _ golden: Side, _ actual: Side
  ) -> Outcome {
    for (side, isGolden) in [(golden, true), (actual, false)] {
      guard let value = side.value, number(value) == nil else { continue }
      report(check, "a number", value, at: side.place, isGolden: isGolden)
    }
    guard let stored = golden.value.flatMap(number), let found = actual.value.flatMap(number) else {
      return Outcome(golden: golden.value, actual: actual.value, candidate: actual.value)
    }
    if found.isWithin(tolerance, of: stored) {
      // What is close enough stays as it is stored, so that an update leaves it alone.
      return Outcome(golden: golden.value, actual: golden.value, candidate: golden.value)
    }
    notes[golden.place] = "the tolerance is \(tolerance)"
    return Outcome(golden: golden.value, actual: actual.value, candidate: actual.value)
  }

  func number(_ value: JSONValue) -> JSONNumber? {
    if let number = value.numberValue { return number }
    return readsNumbersInTexts ? value.stringValue.flatMap { JSONNumber($0) } : nil
  }

  mutating func report(
    _ check: RuleCheck, _ expected: String, _ value: JSONValue, at place: JSONPointer,
    isGolden: Bool
  ) {
    let actual = value.excerpt(limit: 240)
    guard isGolden else {
      violations.append(
        GoldenFinding(
          """
          \(placeText(place)) breaks the rule \(check.rule)
            expected  \(expected)
            actual    \(actual)
          """))
      return
    }
    let shown = check.alias.map { "<\($0) …>" } ?? check.placeholder
    let placeholder = shown.map { "\(JSONValue.string($0)) or " } ?? ""
    differences.append(
      GoldenFinding(
        """
        \(placeText(place)) breaks the rule \(check.rule) in the golden file
          expected  \(placeholder)\(expected)
          golden    \(actual)
        """))
  }

  mutating func report(difference: GoldenFinding) { differences.append(difference) }
  mutating func report(violation: GoldenFinding) { violations.append(violation) }

  // MARK: Rules that had nothing to do

  /// A finding for each rule that matched nothing; what may be absent may match the golden file alone.
  func unusedRules() -> [GoldenFinding] {
    let optionalPaths = Set(checks.filter(\.isOptional).map { ByteString($0.rule.path) })
    return checks.indices.compactMap { index in
      let check = checks[index]
      if used.actual.contains(index) || check.mistake != nil { return nil }
      let mayBeAbsent: Bool =
        if case .ignored = check.rule.kind { true } else {
          optionalPaths.contains(ByteString(check.rule.path))
        }
      if mayBeAbsent, used.golden.contains(index) { return nil }
      return GoldenFinding("the rule \(check.rule) matched nothing")
    }
  }
}

extension RuleCheck {
  var isOptional: Bool {
    if case .optional = rule.kind { true } else { false }
  }

  /// Whether the rule says how the elements of two arrays belong together.
  var isArrangement: Bool {
    switch rule.kind {
    case .unordered, .keyed: true
    default: false
    }
  }
}

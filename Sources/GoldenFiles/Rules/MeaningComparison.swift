import HarnessJSON

/// Compares a value with a golden one by meaning, as far as the rules do not let it vary.
///
/// The formats that know places inside their values share it, and differ in how a place is written.
struct MeaningComparison {
  private let rules: [GoldenRule]
  private let readsNumbersInTexts: Bool
  private let placeText: (JSONPointer) -> String

  init(
    rules: [GoldenRule], readsNumbersInTexts: Bool = false,
    placeText: @escaping (JSONPointer) -> String = {
      $0.tokens.isEmpty ? "the whole document" : $0.excerpt
    }
  ) {
    self.rules = rules
    self.readsNumbersInTexts = readsNumbersInTexts
    self.placeText = placeText
  }

  func compare(_ actual: JSONValue, with golden: JSONValue?) -> GoldenComparison<JSONValue> {
    var walk = newWalk(golden, actual)
    let outcome = walk.run(golden: golden, actual: actual)
    var candidate = outcome.candidate ?? actual
    guard let golden else {
      return GoldenComparison(
        differences: [], violations: walk.violations + walk.unusedRules(), candidate: candidate)
    }
    var differences = walk.differences
    if let expected = outcome.golden, let seen = outcome.actual {
      let found = JSONDifference(expected: expected, actual: seen).findings
      differences += found.map { describe($0, walk.notes[$0.pointer]) }
    }
    if !differences.isEmpty {
      if walk.checks.contains(where: { $0.alias != nil }) {
        // Aliases are counted in the order of the file that is to be written.
        var again = newWalk(candidate, actual)
        candidate = again.run(golden: candidate, actual: actual).candidate ?? candidate
      }
      candidate = merged(golden, candidate, depth: 0).value
    }
    return GoldenComparison(
      differences: differences, violations: walk.violations + walk.unusedRules(),
      candidate: candidate)
  }

  private func newWalk(_ golden: JSONValue?, _ actual: JSONValue) -> GoldenWalk {
    GoldenWalk(
      rules, golden: golden, actual: actual, readsNumbersInTexts: readsNumbersInTexts,
      placeText: placeText)
  }

  private func describe(_ finding: JSONDifference.Finding, _ note: String?) -> GoldenFinding {
    var lines = [
      placeText(finding.pointer),
      "  expected  \(finding.expected?.excerpt(limit: 240) ?? "nothing")",
      "  actual    \(finding.actual?.excerpt(limit: 240) ?? "nothing")",
    ]
    var note = note ?? finding.note
    if note == nil, let text = finding.expected?.stringValue, GoldenRule.isPlaceholder(text) {
      note = "the golden file has a placeholder here, and no rule covers the place"
    }
    if let note { lines.append("  note      \(note)") }
    return GoldenFinding(lines.joined(separator: "\n"))
  }

  /// The candidate, with what means the same written as it is in the file: an update changes nothing else.
  ///
  /// Deep inside, values are taken as they are, so that the depth of a value does not count.
  private func merged(
    _ golden: JSONValue, _ candidate: JSONValue, depth: Int
  ) -> (value: JSONValue, isSame: Bool) {
    guard depth < 100 else { return (candidate, golden == candidate) }
    switch (golden, candidate) {
    case (.object(let stored), .object(let new)):
      var left: [ByteString: Int] = [:]
      for (index, member) in stored.enumerated() { left[ByteString(member.name)] = index }
      guard left.count == stored.count else { break }
      var isSame = stored.count == new.count
      let members = new.map { member in
        guard let index = left.removeValue(forKey: ByteString(member.name)) else {
          isSame = false
          return member
        }
        let value = merged(stored[index].value, member.value, depth: depth + 1)
        isSame = isSame && value.isSame
        return JSONObject.Member(name: member.name, value: value.value)
      }
      return isSame ? (golden, true) : (.object(JSONObject(members)), false)
    case (.array(let stored), .array(let new)) where stored.count == new.count:
      var isSame = true
      let elements = zip(stored, new).map { stored, new in
        let value = merged(stored, new, depth: depth + 1)
        isSame = isSame && value.isSame
        return value.value
      }
      return isSame ? (golden, true) : (.array(elements), false)
    default: break
    }
    return golden == candidate ? (golden, true) : (candidate, false)
  }
}

import HarnessJSON

extension GoldenWalk {
  /// The value as far as its identity among others goes: with placeholders for what varies.
  ///
  /// The search for partners comes before the count of aliases, so those have none here.
  func masked(_ side: Side, isGolden: Bool) -> JSONValue {
    guard let value = side.value, !side.reach.isEmpty else { return side.value ?? .null }
    let tree = isGolden ? trees.golden : trees.actual
    let rules = tree.rules(at: side.reach).map { checks[$0] }
    if let check = rules.first(where: \.isCheck) { return masked(value, check, isGolden) }
    func inside(_ token: String, _ content: JSONValue) -> JSONValue {
      masked(
        Side(value: content, reach: tree.step(side.reach, token), place: side.place),
        isGolden: isGolden)
    }
    switch value {
    case .object(let object):
      return .object(
        JSONObject(object.map { .init(name: $0.name, value: inside($0.name, $0.value)) }))
    case .array(let elements):
      let content = elements.enumerated().map { inside(String($0.offset), $0.element) }
      guard rules.contains(where: \.isArrangement) else { return .array(content) }
      let meanings = content.map(Meaning.init).sorted { $0.hash < $1.hash }
      return .array(meanings.map(\.value))
    case .null, .bool, .number, .string: return value
    }
  }

  private func masked(_ value: JSONValue, _ check: RuleCheck, _ isGolden: Bool) -> JSONValue {
    if case .ignored = check.rule.kind { return .null }
    if case .number = check.rule.kind { return number(value) == nil ? value : "<number>" }
    let isKept =
      isGolden && check.isPlaceholder(value)
      || check.violation(by: value, isGolden: isGolden) == nil
    return isKept ? check.placeholder.map(JSONValue.string) ?? value : value
  }

  // MARK: Keys

  mutating func pairsByKey(
    _ stored: [Side], _ found: [Side], _ key: JSONPointer, _ arrangement: RuleCheck
  ) -> ArrayPairs {
    let wanted = keys(of: stored, key, arrangement, isGolden: true)
    let given = keys(of: found, key, arrangement, isGolden: false)
    var partners: [Meaning: Int] = [:]
    for (index, key) in given.enumerated() {
      if let key { partners[key] = index }
    }
    var pairs = ArrayPairs(stored.count, found.count)
    for (index, key) in wanted.enumerated() {
      guard let key, let partner = partners.removeValue(forKey: key) else { continue }
      pairs.pair(index, partner)
    }
    return pairs
  }

  /// The key of each element; nil where it has none, or one that was there before.
  private mutating func keys(
    of sides: [Side], _ key: JSONPointer, _ arrangement: RuleCheck, isGolden: Bool
  ) -> [Meaning?] {
    var known: Set<Meaning> = []
    return sides.map { side in
      guard let value = side.value?[key] else {
        report(
          arrangement, "an element with a key at \(key)", side.value ?? .null, at: side.place,
          isGolden: isGolden)
        return nil
      }
      guard known.insert(Meaning(value)).inserted else {
        report(
          arrangement, "a key that no other element has", value, at: side.place,
          isGolden: isGolden)
        return nil
      }
      return Meaning(value)
    }
  }

  // MARK: Meanings

  /// Elements that mean the same, then those that have most in common.
  func pairsByMeaning(_ stored: [Side], _ found: [Side]) -> ArrayPairs {
    let wanted = stored.map { Meaning(masked($0, isGolden: true)) }
    let given = found.map { Meaning(masked($0, isGolden: false)) }
    var buckets: [Meaning: (stored: [Int], found: [Int])] = [:]
    for (index, meaning) in wanted.enumerated() {
      buckets[meaning, default: ([], [])].stored.append(index)
    }
    for (index, meaning) in given.enumerated() {
      buckets[meaning, default: ([], [])].found.append(index)
    }
    var pairs = ArrayPairs(stored.count, found.count)
    for bucket in buckets.values where !bucket.stored.isEmpty && !bucket.found.isEmpty {
      // Close numbers are the same under the mask, and belong together by size.
      let one = byNumbers(bucket.stored, stored, isGolden: true)
      let other = byNumbers(bucket.found, found, isGolden: false)
      for (index, partner) in zip(one, other) { pairs.pair(index, partner) }
    }
    pairs.pairSimilar(wanted.map(\.value), given.map(\.value))
    return pairs
  }

  private func byNumbers(_ indices: [Int], _ sides: [Side], isGolden: Bool) -> [Int] {
    guard indices.count > 1 else { return indices }
    let numbers = indices.map { closeNumbers(in: sides[$0], isGolden: isGolden) }
    guard numbers.contains(where: { !$0.isEmpty }) else { return indices }
    return zip(indices, numbers).sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
  }

  /// The numbers that a rule lets vary.
  private func closeNumbers(in side: Side, isGolden: Bool) -> [Double] {
    guard let value = side.value, !side.reach.isEmpty else { return [] }
    let tree = isGolden ? trees.golden : trees.actual
    if let check = tree.rules(at: side.reach).map({ checks[$0] }).first(where: \.isCheck) {
      guard case .number = check.rule.kind else { return [] }
      return number(value).map { [Double($0)] } ?? []
    }
    func inside(_ token: String, _ content: JSONValue) -> [Double] {
      closeNumbers(
        in: Side(value: content, reach: tree.step(side.reach, token), place: side.place),
        isGolden: isGolden)
    }
    switch value {
    case .object(let object):
      let members = object.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      return members.flatMap { inside($0.name, $0.value) }
    case .array(let elements):
      return elements.enumerated().flatMap { inside(String($0.offset), $0.element) }
    case .null, .bool, .number, .string: return []
    }
  }
}

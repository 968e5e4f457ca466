import HarnessJSON

extension GoldenWalk {
  /// Goes into what no rule speaks of by itself.
  mutating func descend(_ golden: Side, _ actual: Side, arrangement: RuleCheck?) -> Outcome {
    switch (golden.value, actual.value) {
    case (.object(let stored), .object(let found)):
      return members(stored, found, golden, actual)
    case (.array(let stored), .array(let found)):
      return elements(Array(stored), Array(found), golden, actual, arrangement)
    case (nil, .object(let found)):
      return members(JSONObject(), found, golden, actual)
    case (.object(let stored), nil):
      return members(stored, JSONObject(), golden, actual)
    case (nil, .array(let found)):
      return elements([], Array(found), golden, actual, nil)
    case (.array(let stored), nil):
      return elements(Array(stored), [], golden, actual, nil)
    case (.some(let stored), .some(let found)):
      let one = descend(golden, Side(value: nil, reach: [], place: actual.place), arrangement: nil)
      let other = descend(
        Side(value: nil, reach: [], place: golden.place), actual, arrangement: nil)
      return Outcome(
        golden: one.golden ?? stored, actual: other.actual ?? found,
        candidate: other.candidate ?? found)
    case (let stored, let found):
      return Outcome(golden: stored, actual: found, candidate: found)
    }
  }

  private func inside(_ side: Side, _ token: String, _ value: JSONValue?, isGolden: Bool) -> Side {
    let tree = isGolden ? trees.golden : trees.actual
    return Side(
      value: value, reach: side.reach.isEmpty ? [] : tree.step(side.reach, token),
      place: side.place.appending(token))
  }

  // MARK: Objects

  /// Members in the order of the file, then those that are new.
  private mutating func members(
    _ stored: JSONObject, _ found: JSONObject, _ golden: Side, _ actual: Side
  ) -> Outcome {
    var left: [ByteString: ArraySlice<Int>] = [:]
    for (index, member) in found.enumerated() {
      left[ByteString(member.name), default: []].append(index)
    }
    var (expected, seen, candidate) = (JSONObject(), JSONObject(), JSONObject())
    var isPaired = Array(repeating: false, count: found.count)
    func add(_ name: String, _ outcome: Outcome) {
      if let value = outcome.golden { expected.members.append(.init(name: name, value: value)) }
      if let value = outcome.actual { seen.members.append(.init(name: name, value: value)) }
      if let value = outcome.candidate {
        candidate.members.append(.init(name: name, value: value))
      }
    }
    for member in stored {
      let partner = left[ByteString(member.name)]?.popFirst()
      if let partner { isPaired[partner] = true }
      add(
        member.name,
        walk(
          inside(golden, member.name, member.value, isGolden: true),
          inside(actual, member.name, partner.map { found[$0].value }, isGolden: false)))
    }
    for (index, member) in found.enumerated() where !isPaired[index] {
      add(
        member.name,
        walk(
          inside(golden, member.name, nil, isGolden: true),
          inside(actual, member.name, member.value, isGolden: false)))
    }
    return Outcome(
      golden: golden.value == nil ? nil : .object(expected),
      actual: actual.value == nil ? nil : .object(seen),
      candidate: actual.value == nil ? nil : .object(candidate))
  }

  // MARK: Arrays

  private mutating func elements(
    _ stored: [JSONValue], _ found: [JSONValue], _ golden: Side, _ actual: Side,
    _ arrangement: RuleCheck?
  ) -> Outcome {
    let goldenSides = stored.enumerated().map {
      inside(golden, String($0.offset), $0.element, isGolden: true)
    }
    let actualSides = found.enumerated().map {
      inside(actual, String($0.offset), $0.element, isGolden: false)
    }
    if golden.value != nil, actual.value != nil {
      if let arrangement { return arranged(goldenSides, actualSides, by: arrangement) }
      if stored.count != found.count { return shifted(goldenSides, actualSides, golden, actual) }
    }
    var outcomes: [Outcome] = []
    for index in 0..<max(stored.count, found.count) {
      outcomes.append(
        walk(
          goldenSides.indices.contains(index)
            ? goldenSides[index] : inside(golden, String(index), nil, isGolden: true),
          actualSides.indices.contains(index)
            ? actualSides[index] : inside(actual, String(index), nil, isGolden: false)))
    }
    return Outcome(
      golden: golden.value.map { _ in .array(outcomes.map { $0.golden ?? .null }) },
      actual: actual.value.map { _ in .array(outcomes.map { $0.actual ?? .null }) },
      candidate: actual.value.map { _ in .array(outcomes.compactMap(\.candidate)) })
  }

  /// Arrays of different lengths: what they have in common at both ends belongs together.
  private mutating func shifted(
    _ stored: [Side], _ found: [Side], _ golden: Side, _ actual: Side
  ) -> Outcome {
    var pairs = ArrayPairs.byEnds(
      stored.map { Meaning(masked($0, isGolden: true)) },
      found.map { Meaning(masked($0, isGolden: false)) })
    pairs.pairRest()
    var expected: [JSONValue] = []
    var seen: [(index: Int, value: JSONValue)] = []
    var candidates: [(index: Int, value: JSONValue)] = []
    for (index, side) in stored.enumerated() {
      let partner = pairs.partner[index]
      let outcome = walk(
        side, partner.map { found[$0] } ?? Side(value: nil, reach: [], place: actual.place))
      expected.append(outcome.golden ?? .null)
      guard let partner else { continue }
      seen.append((partner, outcome.actual ?? .null))
      if let value = outcome.candidate { candidates.append((partner, value)) }
    }
    for index in pairs.unexpected {
      let outcome = walk(Side(value: nil, reach: [], place: golden.place), found[index])
      seen.append((index, outcome.actual ?? .null))
      if let value = outcome.candidate { candidates.append((index, value)) }
    }
    seen.sort { $0.index < $1.index }
    candidates.sort { $0.index < $1.index }
    return Outcome(
      golden: .array(expected), actual: .array(seen.map(\.value)),
      candidate: .array(candidates.map(\.value)))
  }

  /// Arrays whose elements may come in any order, in that of the file.
  ///
  /// What is in one of them alone is reported here, and not compared.
  private mutating func arranged(
    _ stored: [Side], _ found: [Side], by arrangement: RuleCheck
  ) -> Outcome {
    let pairs =
      if let key = arrangement.key {
        pairsByKey(stored, found, key, arrangement)
      } else {
        pairsByMeaning(stored, found)
      }
    var (expected, seen, candidate): ([JSONValue], [JSONValue], [JSONValue]) = ([], [], [])
    for (index, side) in stored.enumerated() {
      guard let partner = pairs.partner[index] else {
        let outcome = walk(side, Side(value: nil, reach: [], place: side.place))
        report(difference: lone(outcome.golden ?? .null, at: side.place, isGolden: true))
        // A place holder on both sides, so that the others keep their places.
        expected.append(.null)
        seen.append(.null)
        continue
      }
      let outcome = walk(side, found[partner])
      expected.append(outcome.golden ?? .null)
      seen.append(outcome.actual ?? .null)
      if let value = outcome.candidate { candidate.append(value) }
    }
    for index in pairs.unexpected {
      let side = found[index]
      let outcome = walk(Side(value: nil, reach: [], place: side.place), side)
      report(difference: lone(outcome.actual ?? .null, at: side.place, isGolden: false))
      if let value = outcome.candidate { candidate.append(value) }
    }
    return Outcome(golden: .array(expected), actual: .array(seen), candidate: .array(candidate))
  }

  private func lone(_ value: JSONValue, at place: JSONPointer, isGolden: Bool) -> GoldenFinding {
    let text = value.excerpt(limit: 240)
    return GoldenFinding(
      """
      \(placeText(place))
        expected  \(isGolden ? text : "nothing")
        actual    \(isGolden ? "nothing" : text)
        note      the elements may come in any order, and nothing there belongs to this one
      """)
  }
}

extension DifferenceFinder {
  private struct Member {
    let name: Int
    var value: Int { name + 1 }
  }

  mutating func compareObjects(_ pair: Pair, _ numbers: JSONComparison.NumberPolicy) {
    let wanted = members(of: pair.expected, on: expected.tape, expectedRules)
    let found = members(of: pair.actual, on: actual.tape, actualRules)
    if hasSameNames(wanted, found) {
      for (one, other) in zip(wanted, found) {
        compareLater(one.value, other.value, in: pair, numbers)
      }
      return
    }
    let wantedByName = byName(wanted, on: expected.tape)
    var left = byName(found, on: actual.tape)
    for member in wanted {
      let name = ByteString(expected.tape.string(of: expected.tape[member.name]))
      guard let one = wantedByName[name], one[0] == member.value else { continue }
      compareRepeated(one, left.removeValue(forKey: name) ?? [], in: pair, numbers)
    }
    for member in found {
      let name = ByteString(actual.tape.string(of: actual.tape[member.name]))
      guard let others = left[name], others[0] == member.value else { continue }
      for other in others { markUnexpected(other, in: pair) }
    }
  }

  /// Compares the values of one name, nearly always one on each side.
  private mutating func compareRepeated(
    _ one: [Int], _ other: [Int], in pair: Pair, _ numbers: JSONComparison.NumberPolicy
  ) {
    for (one, other) in zip(one, other) { compareLater(one, other, in: pair, numbers) }
    let note: JSONDifference.Mark.Note =
      other.isEmpty
      ? .none : .repetitions(expected: Int32(one.count), actual: Int32(other.count))
    for index in one.dropFirst(other.count) { markMissing(index, in: pair, note) }
    // Told behind the expected values of the name.
    let last = one.last.map { expected.tape.next($0) }
    for index in other.dropFirst(one.count) {
      markUnexpected(index, in: pair, before: last, note)
    }
  }

  /// The members that no rule ignores.
  private func members(of index: Int, on tape: JSONTape, _ rules: NodeRules) -> [Member] {
    var members: [Member] = []
    members.reserveCapacity(tape.childCount(index))
    var name = index + 1
    let end = tape.next(index) - 1
    while name < end {
      if rules.isEmpty || rules[name + 1]?.isIgnored != true { members.append(Member(name: name)) }
      name = tape.next(name + 1)
    }
    return members
  }

  private func hasSameNames(_ one: [Member], _ other: [Member]) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy {
        expected.tape.string(of: expected.tape[$0.name])
          .hasSameBytes(as: actual.tape.string(of: actual.tape[$1.name]))
      }
  }

  /// The values of each name, in order.
  private func byName(_ members: [Member], on tape: JSONTape) -> [ByteString: [Int]] {
    var values: [ByteString: [Int]] = [:]
    for member in members {
      values[ByteString(tape.string(of: tape[member.name])), default: []].append(member.value)
    }
    return values
  }
}

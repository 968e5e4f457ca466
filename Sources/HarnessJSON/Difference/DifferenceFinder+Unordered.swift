// Arrays whose elements may stand in any order.
extension DifferenceFinder {
  /// How many elements that are left over on each side are compared with each other.
  private static var maximumLeftOver: Int { 100 }

  mutating func compareUnordered(
    _ one: [Int], _ other: [Int], in pair: Pair, _ numbers: JSONComparison.NumberPolicy
  ) {
    var left: [Fingerprint: [Int]] = [:]
    for index in other.reversed() { left[actualPrint(index, numbers), default: []].append(index) }
    var missing: [Int] = []
    for index in one where left[expectedPrint(index, numbers)]?.popLast() == nil {
      missing.append(index)
    }
    compareLeftOver(missing, left.values.flatMap(\.self).sorted(), in: pair, numbers, .unordered)
  }

  mutating func compareKeyed(
    _ one: [Int], _ other: [Int], by key: JSONPointer, in pair: Pair,
    _ numbers: JSONComparison.NumberPolicy
  ) {
    var left: [Fingerprint: [Int]] = [:]
    var unkeyed: [Int] = []
    for index in other.reversed() {
      if let value = actual.tape.index(at: key, from: index) {
        left[actualPrint(value, numbers), default: []].append(index)
      } else {
        unkeyed.append(index)
      }
    }
    var missing: [Int] = []
    for index in one {
      guard let value = expected.tape.index(at: key, from: index) else {
        missing.append(index)
        continue
      }
      if let match = left[expectedPrint(value, numbers)]?.popLast() {
        compareLater(index, match, in: pair, numbers)
      } else {
        markMissing(index, in: pair, .key)
      }
    }
    for index in left.values.flatMap(\.self).sorted() { markUnexpected(index, in: pair, .key) }
    compareLeftOver(missing, unkeyed.sorted(), in: pair, numbers, .unordered)
  }

  /// Pairs what tolerances make the same, then what is alike, and reports the rest.
  private mutating func compareLeftOver(
    _ one: [Int], _ other: [Int], in pair: Pair, _ numbers: JSONComparison.NumberPolicy,
    _ note: JSONDifference.Mark.Note
  ) {
    var (one, other) = (one, other)
    if isTolerant { pairTolerant(&one, &other, numbers) }
    if one.count <= Self.maximumLeftOver, other.count <= Self.maximumLeftOver {
      for (index, match) in alike(&one, &other, numbers) {
        compareLater(index, match, in: pair, numbers)
      }
    }
    for index in one { markMissing(index, in: pair, note) }
    for index in other { markUnexpected(index, in: pair, note) }
  }

  /// Takes out the pairs that are the same within their tolerances.
  private func pairTolerant(
    _ one: inout [Int], _ other: inout [Int], _ numbers: JSONComparison.NumberPolicy
  ) {
    pairNumbers(&one, &other, numbers)
    var rest = Array(other.prefix(Self.maximumLeftOver))
    let beyond = other.dropFirst(Self.maximumLeftOver)
    var tried = 0
    one.removeAll { index in
      guard tried < Self.maximumLeftOver,
        let match = rest.firstIndex(where: { areSame(index, $0, numbers) })
      else {
        tried += 1
        return false
      }
      rest.remove(at: match)
      return true
    }
    other = rest + beyond
  }

  /// Numbers by size: the smallest left over can only belong to the smallest on the other side.
  private func pairNumbers(
    _ one: inout [Int], _ other: inout [Int], _ numbers: JSONComparison.NumberPolicy
  ) {
    func sorted(_ indices: [Int], on tape: JSONTape) -> [(index: Int, number: JSONNumber)] {
      indices.compactMap { index in
        tape.value(at: index).numberValue.map { (index: index, number: $0) }
      }.sorted { $0.number < $1.number }
    }
    let (left, right) = (sorted(one, on: expected.tape), sorted(other, on: actual.tape))
    var (paired, otherPaired): (Set<Int>, Set<Int>) = ([], [])
    var (position, otherPosition) = (0, 0)
    while position < left.count, otherPosition < right.count {
      let (number, match) = (left[position].number, right[otherPosition].number)
      let policy = expectedRules[left[position].index]?.numbers ?? numbers
      if policy.matches(number, match) {
        paired.insert(left[position].index)
        otherPaired.insert(right[otherPosition].index)
        position += 1
        otherPosition += 1
      } else if number < match {
        position += 1
      } else {
        otherPosition += 1
      }
    }
    one.removeAll(where: paired.contains)
    other.removeAll(where: otherPaired.contains)
  }

  /// Takes out pairs of objects that have at least half of their members in common, the most alike first.
  private func alike(
    _ one: inout [Int], _ other: inout [Int], _ numbers: JSONComparison.NumberPolicy
  ) -> [(Int, Int)] {
    let ones = one.map { memberPrints($0, on: expected.tape) { expectedPrint($0, numbers) } }
    let others = other.map { memberPrints($0, on: actual.tape) { actualPrint($0, numbers) } }
    var candidates: [(common: Int, position: Int, otherPosition: Int)] = []
    for (position, prints) in ones.enumerated() where !prints.isEmpty {
      for (otherPosition, otherPrints) in others.enumerated() {
        let common = prints.intersection(otherPrints).count
        if common * 2 >= max(prints.count, otherPrints.count) {
          candidates.append((common, position, otherPosition))
        }
      }
    }
    candidates.sort {
      ($1.common, $0.position, $0.otherPosition) < ($0.common, $1.position, $1.otherPosition)
    }
    var (taken, otherTaken): (Set<Int>, Set<Int>) = ([], [])
    var pairs: [(Int, Int)] = []
    for (_, position, otherPosition) in candidates
    where !taken.contains(position) && !otherTaken.contains(otherPosition) {
      taken.insert(position)
      otherTaken.insert(otherPosition)
      pairs.append((one[position], other[otherPosition]))
    }
    one = one.indices.filter { !taken.contains($0) }.map { one[$0] }
    other = other.indices.filter { !otherTaken.contains($0) }.map { other[$0] }
    return pairs
  }

  /// What each of the first hundred members of an object is; nothing for another kind of value.
  private func memberPrints(
    _ index: Int, on tape: JSONTape, _ print: (_ value: Int) -> Fingerprint
  ) -> Set<Fingerprint> {
    guard tape[index].kind == .object else { return [] }
    var prints: Set<Fingerprint> = []
    let hasher = FingerprintHasher.shared
    var name = index + 1
    let end = tape.next(index) - 1
    while name < end, prints.count < 100 {
      let nameToken = tape[name]
      let namePrint = unsafe tape.bytes.withUnsafeBufferPointer { bytes in
        unsafe tape.fingerprint(of: nameToken, in: bytes, hasher)
      }
      prints.insert(hasher.mix(namePrint, print(name + 1)))
      name = tape.next(name + 1)
    }
    return prints
  }
}

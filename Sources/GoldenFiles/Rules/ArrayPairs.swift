import HarnessJSON

/// Which elements of two arrays belong together.
struct ArrayPairs {
  /// The index in the actual array for each element of the golden one.
  private(set) var partner: [Int?]
  private var isPaired: [Bool]

  init(_ storedCount: Int, _ foundCount: Int) {
    partner = Array(repeating: nil, count: storedCount)
    isPaired = Array(repeating: false, count: foundCount)
  }

  mutating func pair(_ stored: Int, _ found: Int) {
    partner[stored] = found
    isPaired[found] = true
  }

  /// The elements of the golden array that have no partner.
  var missing: [Int] { partner.indices.filter { partner[$0] == nil } }

  /// The elements of the actual array that have none.
  var unexpected: [Int] { isPaired.indices.filter { !isPaired[$0] } }

  /// Pairs what two arrays have in common at both ends.
  static func byEnds(_ stored: [Meaning], _ found: [Meaning]) -> ArrayPairs {
    var pairs = ArrayPairs(stored.count, found.count)
    let shorter = min(stored.count, found.count)
    var first = 0
    while first < shorter, stored[first] == found[first] {
      pairs.pair(first, first)
      first += 1
    }
    var last = 1
    while last <= shorter - first, stored[stored.count - last] == found[found.count - last] {
      pairs.pair(stored.count - last, found.count - last)
      last += 1
    }
    return pairs
  }

  /// Pairs what is left, in order.
  mutating func pairRest() {
    for (stored, found) in zip(missing, unexpected) { pair(stored, found) }
  }

  /// Pairs elements that have most in common, as long as there are few of them.
  mutating func pairSimilar(_ stored: [JSONValue], _ found: [JSONValue]) {
    let (missing, unexpected) = (missing, unexpected)
    guard missing.count * unexpected.count <= 400 else { return }
    var candidates: [(likeness: Int, stored: Int, found: Int)] = []
    for index in missing {
      for other in unexpected {
        let likeness = Self.likeness(stored[index], found[other])
        if likeness > 0 { candidates.append((likeness, index, other)) }
      }
    }
    // By their order where they are as like, so that the outcome is the same in every run.
    candidates.sort { ($1.likeness, $0.stored, $0.found) < ($0.likeness, $1.stored, $1.found) }
    for candidate in candidates
    where partner[candidate.stored] == nil && !isPaired[candidate.found] {
      pair(candidate.stored, candidate.found)
    }
  }

  /// How many members or elements two values have in common; none unless that is half of them.
  private static func likeness(_ one: JSONValue, _ other: JSONValue) -> Int {
    switch (one, other) {
    case (.object(let one), .object(let other)):
      guard max(one.count, other.count) <= 1_000 else { return 0 }
      let common = one.count { member in other[member.name].map { $0 == member.value } ?? false }
      return common * 2 >= max(one.count, other.count) ? common : 0
    case (.array(let one), .array(let other)):
      let common = zip(one, other).count { $0 == $1 }
      return common * 2 >= max(one.count, other.count) ? common : 0
    default: return 0
    }
  }
}

/// A value as a key: two are equal when they mean the same.
struct Meaning: Hashable {
  let value: JSONValue
  let hash: Int

  init(_ value: JSONValue) {
    self.value = value
    hash = Self.hash(value, depth: 0)
  }

  static func == (one: Self, other: Self) -> Bool {
    one.hash == other.hash && one.value == other.value
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  /// Numbers by their nearest `Double`, which is the same for equal ones; members in any order.
  ///
  /// Below 50 levels nothing counts: values that differ only there have the same hash, and `==` tells.
  private static func hash(_ value: JSONValue, depth: Int) -> Int {
    var hasher = Hasher()
    guard depth < 50 else { return 0 }
    switch value {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let number):
      let double = Double(number)
      hasher.combine(double == 0 ? 0 : double)
    case .string(let text): hasher.combine(ByteString(text))
    case .array(let elements):
      hasher.combine(2)
      for element in elements { hasher.combine(hash(element, depth: depth + 1)) }
    case .object(let object):
      // A sum does not depend on the order.
      var sum = 3
      for member in object {
        var inner = Hasher()
        inner.combine(ByteString(member.name))
        inner.combine(hash(member.value, depth: depth + 1))
        sum &+= inner.finalize()
      }
      hasher.combine(sum)
    }
    return hasher.finalize()
  }
}

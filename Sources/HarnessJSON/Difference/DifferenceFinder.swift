/// Finds where two values differ: goes down from the roots, and only into what has another fingerprint.
struct DifferenceFinder {
  /// Two values that are to be compared.
  struct Pair {
    let expected: Int
    let actual: Int
    let expectedParent: Int
    let actualParent: Int
    let numbers: JSONComparison.NumberPolicy
  }

  let expected: JSONDifference.Side
  let actual: JSONDifference.Side
  let comparison: JSONComparison
  let expectedRules: NodeRules
  let actualRules: NodeRules
  /// Made when byte by byte the values are not the same.
  private(set) var expectedPrints: Fingerprints?
  private(set) var actualPrints: Fingerprints?
  /// Whether values with different fingerprints may be the same still.
  let isTolerant: Bool
  var marks: [JSONDifference.Mark] = []
  var pairs: [Pair] = []

  init(
    _ expected: JSONDifference.Side, _ actual: JSONDifference.Side, _ comparison: JSONComparison
  ) throws(JSONPathError) {
    self.expected = expected
    self.actual = actual
    self.comparison = comparison
    expectedRules = try NodeRules(comparison.rules, on: expected.tape, from: expected.root)
    actualRules = try NodeRules(comparison.rules, on: actual.tape, from: actual.root)
    isTolerant =
      comparison.numbers.isTolerant
      || comparison.rules.contains {
        if case .numbers(let policy) = $0.kind { policy.isTolerant } else { false }
      }
  }

  var unmatchedRules: [JSONComparison.Rule] {
    zip(comparison.rules, zip(expectedRules.hasMatched, actualRules.hasMatched))
      .filter { !$0.1.0 && !$0.1.1 }.map(\.0)
  }

  mutating func run() -> [JSONDifference.Mark] {
    guard !hasSameText else { return [] }
    expectedPrints = Fingerprints(
      of: expected.root, on: expected.tape, rules: expectedRules, numbers: comparison.numbers)
    actualPrints = Fingerprints(
      of: actual.root, on: actual.tape, rules: actualRules, numbers: comparison.numbers)
    pairs = [
      Pair(
        expected: expected.root, actual: actual.root, expectedParent: -1, actualParent: -1,
        numbers: comparison.numbers)
    ]
    finish()
    marks.sort { ($0.order, $0.actual) < ($1.order, $1.actual) }
    return marks
  }

  private var hasSameText: Bool {
    let range = expected.tape.sourceRange(expected.root)
    let other = actual.tape.sourceRange(actual.root)
    guard range.count == other.count else { return false }
    return unsafe expected.tape.bytes.withUnsafeBufferPointer { one in
      unsafe actual.tape.bytes.withUnsafeBufferPointer { two in
        unsafe one[range].elementsEqual(two[other])
      }
    }
  }

  /// Compares the pairs and all that they lead to.
  private mutating func finish() {
    while let pair = pairs.popLast() { compare(pair) }
  }

  private mutating func compare(_ pair: Pair) {
    let one = expectedRules[pair.expected]
    let other = actualRules[pair.actual]
    if one?.isIgnored == true || other?.isIgnored == true { return }
    let numbers = one?.numbers ?? other?.numbers ?? pair.numbers
    let kinds = (expected.tape[pair.expected].kind, actual.tape[pair.actual].kind)
    switch kinds {
    case (.object, .object), (.array, .array):
      if expectedPrints?[pair.expected] == actualPrints?[pair.actual] { return }
      if kinds.0 == .object {
        compareObjects(pair, numbers)
      } else {
        compareArrays(pair, numbers, one?.order ?? other?.order ?? .kept)
      }
    default:
      if !areSameScalars(pair.expected, pair.actual, numbers) { mark(pair) }
    }
  }

  private func areSameScalars(
    _ one: Int, _ other: Int, _ numbers: JSONComparison.NumberPolicy
  ) -> Bool {
    switch (expected.tape.value(at: one), actual.tape.value(at: other)) {
    case (.number(let one), .number(let other)): numbers.matches(one, other)
    case (.string(let one), .string(let other)): one.hasSameBytes(as: other)
    case (.bool(let one), .bool(let other)): one == other
    case (.null, .null): true
    default: false
    }
  }

  private mutating func mark(_ pair: Pair) {
    marks.append(
      JSONDifference.Mark(
        expected: Int32(pair.expected), actual: Int32(pair.actual),
        expectedParent: Int32(pair.expectedParent), actualParent: Int32(pair.actualParent),
        order: Int32(pair.expected)))
  }

  mutating func markMissing(
    _ index: Int, in pair: Pair, _ note: JSONDifference.Mark.Note = .none
  ) {
    marks.append(
      JSONDifference.Mark(
        expected: Int32(index), actual: -1, expectedParent: Int32(pair.expected),
        actualParent: Int32(pair.actual), order: Int32(index), note: note))
  }

  /// Notes an unexpected value; it is told before a token of the expected side, or else at the end.
  mutating func markUnexpected(
    _ index: Int, in pair: Pair, before order: Int? = nil, _ note: JSONDifference.Mark.Note = .none
  ) {
    let end = expected.tape.next(pair.expected) - 1
    marks.append(
      JSONDifference.Mark(
        expected: -1, actual: Int32(index), expectedParent: Int32(pair.expected),
        actualParent: Int32(pair.actual), order: Int32(order ?? end), note: note))
  }

  mutating func compareLater(
    _ one: Int, _ other: Int, in pair: Pair, _ numbers: JSONComparison.NumberPolicy
  ) {
    pairs.append(
      Pair(
        expected: one, actual: other, expectedParent: pair.expected, actualParent: pair.actual,
        numbers: numbers))
  }

  /// Whether two values are the same, tolerances included.
  func areSame(_ one: Int, _ other: Int, _ numbers: JSONComparison.NumberPolicy) -> Bool {
    if expectedPrint(one, numbers) == actualPrint(other, numbers) { return true }
    guard isTolerant else { return false }
    var finder = self
    finder.marks = []
    finder.pairs = [
      Pair(expected: one, actual: other, expectedParent: -1, actualParent: -1, numbers: numbers)
    ]
    while let pair = finder.pairs.popLast() {
      finder.compare(pair)
      if !finder.marks.isEmpty { return false }
    }
    return true
  }

  func expectedPrint(_ index: Int, _ numbers: JSONComparison.NumberPolicy) -> Fingerprint {
    print(of: index, on: expected.tape, expectedPrints, expectedRules, numbers)
  }

  func actualPrint(_ index: Int, _ numbers: JSONComparison.NumberPolicy) -> Fingerprint {
    print(of: index, on: actual.tape, actualPrints, actualRules, numbers)
  }

  private func print(
    of index: Int, on tape: JSONTape, _ prints: Fingerprints?, _ rules: NodeRules,
    _ numbers: JSONComparison.NumberPolicy
  ) -> Fingerprint {
    let node = rules[index]
    if node?.isIgnored == true { return .zero }
    let token = tape[index]
    if token.isContainer, let prints { return prints[index] }
    return unsafe tape.bytes.withUnsafeBufferPointer { bytes in
      unsafe tape.fingerprint(of: token, in: bytes, .shared, (node?.numbers ?? numbers).print)
    }
  }
}

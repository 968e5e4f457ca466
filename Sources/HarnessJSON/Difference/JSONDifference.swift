/// What differs between two values, by meaning.
///
/// Numbers are compared by exact decimal value, strings by their UTF-8 bytes, members in any order,
/// array elements in order. Where arrays differ in length, what they have in common at both ends is
/// set aside first, so that one inserted element is one finding.
public struct JSONDifference: Sendable {
  /// One place where the two differ.
  public struct Finding: Sendable {
    /// Where: in the actual value for what is unexpected, in the expected one otherwise.
    public let pointer: JSONPointer
    /// The expected value; nil where nothing was expected.
    public let expected: JSONValue?
    /// The actual value; nil where it is missing.
    public let actual: JSONValue?
    /// What the two values do not show by themselves.
    public let note: String?

    /// Describes one place.
    package init(
      pointer: JSONPointer, expected: JSONValue?, actual: JSONValue?, note: String? = nil
    ) {
      self.pointer = pointer
      self.expected = expected
      self.actual = actual
      self.note = note
    }
  }

  /// The places, in the order of the expected value.
  public private(set) var findings: [Finding] = []

  /// Whether both values mean the same.
  public var isEmpty: Bool { findings.isEmpty }

  /// Compares two values.
  public init(expected: JSONValue, actual: JSONValue) {
    // Without recursion: how deep a value is nested is up to who sent it.
    var steps = [step(expected, actual, at: JSONPointer())].compactMap(\.self)
    while let step = steps.popLast() {
      switch step {
      case .find(let finding): findings.append(finding)
      case .objects(let expected, let actual, let place):
        steps += self.steps(expected, actual, at: place).reversed()
      case .arrays(let expected, let actual, let place):
        steps += self.steps(expected, actual, at: place).reversed()
      }
    }
  }

  /// What remains to be done, in the order of the findings.
  private enum Step {
    case objects(JSONObject, JSONObject, JSONPointer)
    case arrays(JSONArray, JSONArray, JSONPointer)
    case find(Finding)
  }

  /// The place is an autoclosure because most scalars are equal.
  private func step(
    _ expected: JSONValue, _ actual: JSONValue, at place: @autoclosure () -> JSONPointer
  ) -> Step? {
    switch (expected, actual) {
    case (.object(let expected), .object(let actual)): return .objects(expected, actual, place())
    case (.array(let expected), .array(let actual)): return .arrays(expected, actual, place())
    default:
      if expected == actual { return nil }
      return .find(
        Finding(
          pointer: place(), expected: expected, actual: actual, note: note(expected, actual)))
    }
  }

  private func steps(
    _ expected: JSONObject, _ actual: JSONObject, at place: JSONPointer
  ) -> [Step] {
    if expected.hasNamesInOrder(of: actual) {
      return zip(expected, actual).compactMap { expected, actual in
        step(expected.value, actual.value, at: place.appending(expected.name))
      }
    }
    var wanted = expected.valuesByName
    var left = actual.valuesByName
    var steps: [Step] = []
    for member in expected.members {
      let name = ByteString(member.name)
      guard let values = wanted.removeValue(forKey: name) else { continue }
      let place = place.appending(member.name)
      guard let found = left.removeValue(forKey: name) else {
        steps += values.map { .find(Finding(pointer: place, expected: $0, actual: nil)) }
        continue
      }
      steps += stepsForRepeated(values, found, at: place)
    }
    for member in actual.members {
      guard let values = left.removeValue(forKey: ByteString(member.name)) else { continue }
      let place = place.appending(member.name)
      steps += values.map { .find(Finding(pointer: place, expected: nil, actual: $0)) }
    }
    return steps
  }

  /// Compares the values of one name, nearly always one on each side.
  private func stepsForRepeated(
    _ expected: [JSONValue], _ actual: [JSONValue], at place: JSONPointer
  ) -> [Step] {
    var steps = zip(expected, actual).compactMap { step($0, $1, at: place) }
    let note = "the name is written \(expected.count) and \(actual.count) times"
    steps += expected.dropFirst(actual.count).map {
      .find(Finding(pointer: place, expected: $0, actual: nil, note: note))
    }
    steps += actual.dropFirst(expected.count).map {
      .find(Finding(pointer: place, expected: nil, actual: $0, note: note))
    }
    return steps
  }

  private func steps(
    _ expected: JSONArray, _ actual: JSONArray, at place: JSONPointer
  ) -> [Step] {
    var first = 0
    var expectedEnd = expected.count
    var actualEnd = actual.count
    if expected.count != actual.count {
      while first < min(expectedEnd, actualEnd), expected[first] == actual[first] { first += 1 }
      while min(expectedEnd, actualEnd) > first,
        expected[expectedEnd - 1] == actual[actualEnd - 1]
      {
        expectedEnd -= 1
        actualEnd -= 1
      }
    }
    let paired = min(expectedEnd, actualEnd)
    var steps = (first..<paired).compactMap { index in
      step(expected[index], actual[index], at: place.appending(index))
    }
    let note = "the array has \(actual.count) elements, expected \(expected.count)"
    steps += (paired..<expectedEnd).map { index in
      .find(
        Finding(pointer: place.appending(index), expected: expected[index], actual: nil, note: note)
      )
    }
    steps += (paired..<actualEnd).map { index in
      .find(
        Finding(pointer: place.appending(index), expected: nil, actual: actual[index], note: note))
    }
    return steps
  }

  /// Says why two values that look alike are not equal.
  private func note(_ expected: JSONValue, _ actual: JSONValue) -> String? {
    guard expected.kindName == actual.kindName else {
      return "expected \(expected.kindName), found \(actual.kindName)"
    }
    guard case (.string(let expected), .string(let actual)) = (expected, actual),
      expected == actual
    else { return nil }
    return "only the Unicode normalisation differs: \(firstDifference(expected, actual))"
  }

  private func firstDifference(_ expected: String, _ actual: String) -> String {
    // Characters are canonically equivalent here, so they pair up.
    let pair = zip(expected, actual).first { !String($0).hasSameBytes(as: String($1)) }
    guard let pair else { return "" }
    func scalars(_ character: Character) -> String {
      character.unicodeScalars.map { "U+" + $0.hexadecimalText }.joined(separator: " ")
    }
    return "\(scalars(pair.0)) and \(scalars(pair.1))"
  }
}

extension JSONDifference.Finding: CustomStringConvertible {
  /// The pointer, and the two values under each other.
  public var description: String {
    var lines = [
      pointer.tokens.isEmpty ? "the whole document" : pointer.excerpt
    ]
    lines.append("  expected  \(expected?.excerpt(limit: 240) ?? "nothing")")
    lines.append("  actual    \(actual?.excerpt(limit: 240) ?? "nothing")")
    if let note { lines.append("  note      \(note)") }
    return lines.joined(separator: "\n")
  }
}

extension JSONDifference {
  /// One place where the two differ.
  public struct Finding: Sendable {
    /// Where in the expected value; nil where nothing was expected.
    public let expectedPointer: JSONPointer?
    /// Where in the actual value; nil where it is missing.
    public let actualPointer: JSONPointer?
    /// The expected value; nil where nothing was expected.
    public let expected: JSONValue?
    /// The actual value; nil where it is missing.
    public let actual: JSONValue?
    /// What the two values do not show by themselves.
    public let note: String?

    /// Where: in the actual value for what is unexpected, in the expected one otherwise.
    public var pointer: JSONPointer { expectedPointer ?? actualPointer ?? JSONPointer() }

    /// What is wrong.
    public var kind: Kind {
      switch (expected, actual) {
      case (.some, nil): .missing
      case (nil, _): .unexpected
      case (.some, .some): .changed
      }
    }

    /// What can be wrong with a place.
    public enum Kind: String, Sendable {
      /// Both have a value, and they are not the same.
      case changed
      /// The actual value has nothing there.
      case missing
      /// The actual value has something where nothing was expected.
      case unexpected
    }

    /// Describes one place.
    package init(
      pointer: JSONPointer, expected: JSONValue?, actual: JSONValue?, note: String? = nil
    ) {
      expectedPointer = expected.map { _ in pointer }
      actualPointer = actual.map { _ in pointer }
      self.expected = expected
      self.actual = actual
      self.note = note
    }

    init(_ mark: Mark, in difference: JSONDifference) {
      let (one, other) = (difference.expected, difference.actual)
      let expectedIndex = mark.expected >= 0 ? Int(mark.expected) : nil
      let actualIndex = mark.actual >= 0 ? Int(mark.actual) : nil
      expected = expectedIndex.map { one.tape.value(at: $0) }
      actual = actualIndex.map { other.tape.value(at: $0) }
      expectedPointer = expectedIndex.map { one.pointer(to: $0) }
      actualPointer = actualIndex.map { other.pointer(to: $0) }
      note = mark.note.text ?? valuesNote(expected, actual)
    }
  }
}

extension JSONDifference.Mark.Note {
  fileprivate var text: String? {
    switch self {
    case .none: nil
    case .lengths(let expected, let actual):
      "the array has \(actual) elements, expected \(expected)"
    case .repetitions(let expected, let actual):
      "the name is written \(expected) and \(actual) times"
    case .key: "no element on the other side has its key"
    case .unordered: "no element on the other side is the same, in any order"
    }
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

/// Says why two values that look alike are not the same.
private func valuesNote(_ expected: JSONValue?, _ actual: JSONValue?) -> String? {
  guard let expected, let actual else { return nil }
  guard expected.kindName == actual.kindName else {
    return "expected \(expected.kindName), found \(actual.kindName)"
  }
  guard case .string(let expected) = expected, case .string(let actual) = actual,
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

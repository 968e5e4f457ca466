import HarnessJSON

/// Finds what of an expected JSON value is not in an actual one, which may have more members.
struct PartialJSON {
  /// One place that differs.
  struct Finding: Equatable {
    let pointer: String
    let expected: JSONValue
    /// What is there; nil where nothing is.
    let actual: JSONValue?
  }

  private(set) var findings: [Finding] = []

  init(expected: JSONValue, actual: JSONValue) {
    compare(expected, actual, at: [])
  }

  private mutating func compare(_ expected: JSONValue, _ actual: JSONValue, at tokens: [String]) {
    switch (expected, actual) {
    case (.object(let expected), .object(let actual)):
      for member in expected {
        let tokens = tokens + [member.name]
        guard let value = actual[member.name] else {
          add(member.value, nil, at: tokens)
          continue
        }
        compare(member.value, value, at: tokens)
      }
    case (.array(let expected), .array(let actual)) where expected.count == actual.count:
      for (index, pair) in zip(expected, actual).enumerated() {
        compare(pair.0, pair.1, at: tokens + ["\(index)"])
      }
    default: if expected != actual { add(expected, actual, at: tokens) }
    }
  }

  private mutating func add(_ expected: JSONValue, _ actual: JSONValue?, at tokens: [String]) {
    let pointer = JSONPointer(tokens: tokens).description
    findings.append(Finding(pointer: pointer, expected: expected, actual: actual))
  }
}

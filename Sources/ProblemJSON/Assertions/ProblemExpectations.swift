public import HarnessJSON

/// What a test expects of a problem beyond its status and type.
///
/// There is deliberately nothing that takes `detail` apart: RFC 9457, section 3.1.4 tells clients not to.
public struct ProblemExpectations: Sendable {
  private var checks: [@Sendable (Problem) -> ProblemFinding?] = []
  private(set) var tolerated: Set<ProblemRule> = []

  /// Makes expectations that everything meets.
  public init() {}

  /// Expects this title.
  public mutating func title(_ expected: String) {
    expect("title", .string(expected)) { $0.title.map(JSONValue.string) }
  }

  /// Expects this detail, word for word.
  public mutating func detail(_ expected: String) {
    expect("detail", .string(expected)) { $0.detail.map(JSONValue.string) }
  }

  /// Expects that the detail mentions something of this occurrence, such as an identifier.
  public mutating func detail(mentions text: String) {
    checks.append { problem in
      if problem.detail?.contains(text) == true { return nil }
      return ProblemFinding(
        nil, at: JSONPointer(tokens: ["detail"]), "the detail does not mention it",
        expected: JSONValue.string(text).excerpt(limit: 240),
        actual: problem.detail.map { JSONValue.string($0).excerpt(limit: 240) } ?? "nothing")
    }
  }

  /// Expects this instance.
  public mutating func instance(_ expected: String) {
    expect("instance", .string(expected)) { $0.instance.map(JSONValue.string) }
  }

  /// Expects an extension member with this value, by meaning.
  public mutating func member(_ name: String, _ expected: JSONValue) {
    expect(name, expected) { $0[name] }
  }

  /// Expects an entry of the `errors` array with this pointer, in either of its forms.
  public mutating func error(at pointer: String) {
    checks.append { problem in
      let pointers = (problem["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue }
      let wanted = try? JSONPointer(parsing: pointer)
      if pointers.contains(where: { (try? JSONPointer(parsing: $0)) == wanted }), wanted != nil {
        return nil
      }
      return ProblemFinding(
        nil, at: JSONPointer(tokens: ["errors"]), "no error has this pointer",
        expected: JSONValue.string(pointer).excerpt(limit: 240),
        actual: pointers.isEmpty
          ? "no pointers" : JSONValue.array(pointers.map(JSONValue.string)).excerpt(limit: 240))
    }
  }

  /// Lets findings of a rule pass: they are not told at all.
  public mutating func tolerate(_ rule: ProblemRule) {
    tolerated.insert(rule)
  }

  private mutating func expect(
    _ name: String, _ expected: JSONValue, of value: @escaping @Sendable (Problem) -> JSONValue?
  ) {
    checks.append { problem in
      let actual = value(problem)
      if actual == expected { return nil }
      return ProblemFinding(
        nil, at: JSONPointer(tokens: [name]), "not what the test expects",
        expected: expected.excerpt(limit: 240), actual: actual?.excerpt(limit: 240) ?? "nothing")
    }
  }

  func findings(in problem: Problem) -> [ProblemFinding] {
    checks.compactMap { $0(problem) }
  }
}

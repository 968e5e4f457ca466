public import HarnessJSON

/// What a test expects of a problem beyond its status and type.
///
/// There is deliberately nothing that takes `detail` apart: RFC 9457, section 3.1.4 tells clients not to.
public struct ProblemExpectations: Sendable {
  private var checks: [@Sendable (Problem) -> ProblemFinding?] = []
  private(set) var tolerated: Set<ProblemRule> = []
  private(set) var allowedLeaks: [(pointer: String, reason: String)] = []
  /// The weakest findings that fail the test: `should` unless set, so that advice is told and fails nothing.
  public var strictness: ProblemRule.Strength = .should

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

  /// Expects a validation error about this place of the request, in any of the shapes that
  /// ``Problem/validationErrors`` reads.
  ///
  /// - Parameters:
  ///   - pointer: The place, such as `/age` or `#/age`.
  ///   - message: What the error says, word for word; nil where that does not matter.
  public mutating func error(at pointer: String, message: String? = nil) {
    checks.append { problem in
      let errors = problem.validationErrors
      let place = JSONPointer(tokens: ["errors"])
      let wanted: JSONPointer
      do {
        wanted = try JSONPointer(parsing: pointer)
      } catch {
        return ProblemFinding(nil, at: place, "the test's own pointer is none: \(error)")
      }
      let about = errors.filter { $0.isAbout(wanted) }
      if about.isEmpty {
        let told = errors.prefix(20).map {
          JSONValue.string($0.pointer?.fragment ?? $0.field ?? "?")
        }
        return ProblemFinding(
          nil, at: place, "no error has this pointer",
          expected: JSONValue.string(pointer).excerpt(limit: 240),
          actual: errors.isEmpty ? "no errors" : JSONValue.array(told).excerpt(limit: 240))
      }
      guard let message, !about.contains(where: { $0.message == message }) else { return nil }
      return ProblemFinding(
        nil, at: about[0].place, "the error says something else",
        expected: JSONValue.string(message).excerpt(limit: 240),
        actual: about[0].message.map { JSONValue.string($0).excerpt(limit: 240) } ?? "nothing")
    }
  }

  /// Lets leaks at a place pass, and inside it.
  ///
  /// One that is not there is told as advice, so that the list does not outlive its reasons.
  ///
  /// - Parameters:
  ///   - pointer: The place, such as `/debug`.
  ///   - reason: Why the service may tell it; part of the advice.
  public mutating func allowLeak(at pointer: String, because reason: String) {
    allowedLeaks.append((pointer, reason))
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

import HarnessJSON

/// Checks a response against all rules and gathers what it finds.
struct ProblemInspection {
  let context: ProblemContext
  private(set) var problem: Problem?
  private(set) var findings: [ProblemFinding] = []

  init(of context: ProblemContext) {
    self.context = context
    checkMediaType()
    guard let object = readObject() else { return }
    checkNames(of: object)
    let problem = Problem(object)
    self.problem = problem
    check(problem, of: object)
  }

  mutating func found(
    _ rule: ProblemRule, _ strength: ProblemRule.Strength? = nil, at pointer: JSONPointer,
    _ message: String, expected: String? = nil, actual: String? = nil
  ) {
    findings.append(
      ProblemFinding(
        rule, strength, at: pointer, message, expected: expected, actual: actual))
  }

  private mutating func check(_ problem: Problem, of object: JSONObject) {
    checkTypes(of: problem)
    checkReferences(of: problem)
    checkStatus(of: problem)
    checkExtensionNames(of: problem)
    checkBlankTitle(of: problem)
    checkErrorPointers(of: problem)
    for leak in LeakScan(.object(object)).leaks {
      let strength: ProblemRule.Strength = leak.level == .hint ? .advice : .should
      found(
        .noLeaks, strength, at: leak.pointer, leak.message,
        actual: JSONValue.string(leak.excerpt).excerpt(limit: 240))
    }
  }
}

extension ProblemInspection {
  private mutating func checkMediaType() {
    guard context.mediaType != "application/problem+json" else { return }
    // Another format of the same RFC (appendix B), which this module does not read.
    let isXML = context.mediaType == "application/problem+xml"
    found(
      .mediaType, at: JSONPointer(),
      "the response is \(isXML ? "marked as XML" : "not marked as a problem document")",
      expected: "Content-Type: application/problem+json",
      actual: context.contentType.map { "Content-Type: \($0.withInvisiblesShown)" }
        ?? "no Content-Type")
  }

  private mutating func readObject() -> JSONObject? {
    switch ForeignBody.recognised(context) {
    case .some(let kind):
      found(.object, at: JSONPointer(), "the body is no problem document: it is \(kind)")
      return nil
    case nil: break
    }
    do {
      let value = try JSONValue(parsing: context.body)
      guard case .object(let object) = value else {
        found(
          .object, at: JSONPointer(), "the body is no problem document: it is JSON, but no object",
          actual: value.excerpt(limit: 240))
        return nil
      }
      return object
    } catch {
      found(.object, at: JSONPointer(), "the body is no problem document: it is not JSON, \(error)")
      return nil
    }
  }

  private mutating func checkNames(of object: JSONObject) {
    let counts = Dictionary(grouping: object.members) { ByteString($0.name) }.mapValues(\.count)
    for name in object.duplicateNames {
      found(
        .object, .should, at: JSONPointer(tokens: [name]),
        "the member is written \(counts[ByteString(name)] ?? 0) times; clients differ in which "
          + "they read (RFC 8259, section 4)")
    }
  }

  private mutating func checkTypes(of problem: Problem) {
    for member in problem.ignored where member.expected != "an integer" {
      found(
        .memberTypes, at: JSONPointer(tokens: [member.name]),
        "the value has the wrong type, so a client must ignore it", expected: member.expected,
        actual: member.found.excerpt(limit: 80))
    }
  }

  private mutating func checkStatus(of problem: Problem) {
    let pointer = JSONPointer(tokens: ["status"])
    if let fraction = problem.ignored.first(where: { $0.expected == "an integer" }) {
      found(
        .statusRange, at: pointer, "the status is no integer",
        expected: "an integer from 100 to 599", actual: fraction.found.excerpt(limit: 80))
    }
    if let status = problem.status {
      if !(100...599).contains(status) {
        found(
          .statusRange, at: pointer, "the status is no HTTP status code",
          expected: "an integer from 100 to 599", actual: "\(status)")
      } else if status != context.status {
        found(
          .statusMatches, at: pointer, "the member differs from the status of the response",
          expected: "\(context.status)", actual: "\(status)")
      }
    }
    if context.status < 400 {
      found(
        .errorStatus, at: JSONPointer(), "a problem comes with a status that tells of no error",
        actual: "\(context.status)")
    }
  }

  private mutating func checkExtensionNames(of problem: Problem) {
    for member in problem.extensions where !Self.isExtensionName(member.name) {
      found(
        .extensionNames, at: JSONPointer(tokens: [member.name]),
        "the name cannot be used in every format: a letter, then letters, digits and \"_\", three "
          + "characters or more")
    }
  }

  private static func isExtensionName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count >= 3 else { return false }
    return first.isLetter
      && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  private mutating func checkBlankTitle(of problem: Problem) {
    // A localised title is allowed; without Content-Language the text is taken to be English.
    let isEnglish = context.contentLanguage.map { $0.lowercased().hasPrefix("en") } ?? true
    guard problem.type == "about:blank", let title = problem.title, isEnglish,
      let phrases = StatusPhrases.of(context.status), !phrases.contains(title)
    else { return }
    found(
      .blankTitle, at: JSONPointer(tokens: ["title"]),
      "the title of an about:blank problem is not the phrase of its status",
      expected: JSONValue.string(phrases[0]).excerpt(limit: 80),
      actual: JSONValue.string(title).excerpt(limit: 80))
  }
}

extension UInt8 {
  /// Whether this is an ASCII letter.
  var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// Whether this is an ASCII digit.
  var isDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}

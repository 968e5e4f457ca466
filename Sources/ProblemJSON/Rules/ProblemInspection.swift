import HarnessJSON

/// Checks a response against all rules and gathers what it finds.
struct ProblemInspection {
  let context: ProblemContext
  private(set) var problem: Problem?
  private(set) var findings: [ProblemFinding] = []
  /// Where leaks may be, by their pointers.
  private let allowedLeaks: [JSONPointer]
  /// The allowed places where there was a leak.
  private(set) var usedAllowances: Set<JSONPointer> = []

  init(
    of context: ProblemContext, allowingLeaksAt allowedLeaks: [JSONPointer] = [],
    reader: ProblemReader? = nil
  ) {
    self.context = context
    self.allowedLeaks = allowedLeaks
    let object: JSONObject?
    if let reader {
      let reading = reader(context)
      findings = reading.findings
      object = reading.object
    } else {
      checkMediaType()
      object = readObject()
    }
    guard let object else { return }
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
    checkType(of: problem)
    checkStatus(of: problem)
    checkTitle(of: problem)
    checkExtensionNames(of: problem)
    checkBlankTitle(of: problem)
    checkErrorPointers(of: problem)
    checkTexts(of: problem)
    checkLeaks(in: object)
  }

  private mutating func checkLeaks(in object: JSONObject) {
    for leak in LeakScan(.object(object)).leaks {
      if let allowed = allowedLeaks.first(where: { leak.pointer.tokens.starts(with: $0.tokens) }) {
        usedAllowances.insert(allowed)
        continue
      }
      found(
        leak.isTrace ? .noTraces : .noInternals, leak.level == .hint ? .advice : .should,
        at: leak.pointer, leak.message, actual: JSONValue.string(leak.excerpt).excerpt(limit: 240))
    }
  }
}

/// Reads a problem document in another format than JSON: its members, and what is wrong with it.
package typealias ProblemReader = (ProblemContext) -> (
  object: JSONObject?, findings: [ProblemFinding]
)

extension ProblemInspection {
  private mutating func checkMediaType() {
    guard context.mediaType != "application/problem+json" else { return }
    // Another format of the same RFC (appendix B), which HarnessXML reads.
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
    for member in problem.extensions where !ExtensionName.isPortable(member.name) {
      let pointer = JSONPointer(tokens: [member.name])
      if context.offersXML, !ExtensionName.isXMLName(member.name) {
        found(
          .xmlNames, at: pointer,
          "the response could be XML too, and the name cannot be that of an element")
      } else {
        found(
          .extensionNames, at: pointer,
          "the name cannot be used in every format: a letter, then letters, digits and \"_\", three "
            + "characters or more")
      }
    }
  }

  private mutating func checkBlankTitle(of problem: Problem) {
    // A localised title is allowed.
    guard problem.type == "about:blank", let title = problem.title, context.isEnglish,
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

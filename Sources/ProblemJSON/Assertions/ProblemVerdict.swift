import HarnessJSON
import HarnessReporting

/// What the rules, and a test, say about a response.
public struct ProblemVerdict: Sendable {
  /// The problem that was read; nil when the body is no problem document.
  public let problem: Problem?
  /// All that is wrong: what the test expected otherwise first, then broken rules, then advice.
  public let findings: [ProblemFinding]
  private let context: ProblemContext
  private let strictness: ProblemRule.Strength

  /// Whether the body is a problem document, and nothing is wrong that is as strong as the test wants: but
  /// advice, unless it says otherwise.
  public var isPassed: Bool {
    problem != nil && findings.allSatisfy { $0.strength < strictness }
  }

  /// Checks a response against the rules alone.
  public init(checking context: ProblemContext) {
    self.init(checking: context, reader: nil)
  }

  /// Checks a response in the format of a reader against the rules alone.
  package init(checking context: ProblemContext, reader: ProblemReader?) {
    let inspection = ProblemInspection(of: context, reader: reader)
    self.init(context: context, inspection: inspection, expected: [], .init())
  }

  /// Checks a response against the rules and against what a test expects.
  ///
  /// - Parameters:
  ///   - context: The response.
  ///   - status: The expected status code of the response.
  ///   - type: The expected problem type; it is compared with that of the document once both are resolved against
  ///     the address of the response, where that is known. `about:blank` for none.
  ///   - expectations: What the test expects beyond that.
  public init(
    checking context: ProblemContext, status: Int, type: String,
    _ expectations: (inout ProblemExpectations) -> Void = { _ in }
  ) {
    self.init(checking: context, status: status, type: type, reader: nil, expectations)
  }

  package init(
    checking context: ProblemContext, status: Int, type: String, reader: ProblemReader?,
    _ expectations: (inout ProblemExpectations) -> Void
  ) {
    var wanted = ProblemExpectations()
    expectations(&wanted)
    var expected: [ProblemFinding] = []
    if context.status != status {
      expected.append(
        ProblemFinding(
          nil, at: JSONPointer(), "status \(context.status), expected \(status)"))
    }
    let inspection = ProblemInspection(
      of: context,
      allowingLeaksAt: wanted.allowedLeaks.compactMap { try? JSONPointer(parsing: $0.pointer) },
      reader: reader)
    if let problem = inspection.problem {
      let resolved = Problem(type: type).resolvedType(base: context.url)
      if !problem.resolvedType(base: context.url).hasSameBytes(as: resolved) {
        expected.append(
          ProblemFinding(
            .typeIdentity, at: JSONPointer(tokens: ["type"]), "not the expected problem",
            expected: JSONValue.string(type).excerpt(limit: 240),
            actual: JSONValue.string(problem.type).excerpt(limit: 240)))
      }
      expected += wanted.findings(in: problem)
      expected += Self.unusedAllowances(wanted, inspection)
    }
    self.init(context: context, inspection: inspection, expected: expected, wanted)
  }

  private static func unusedAllowances(
    _ wanted: ProblemExpectations, _ inspection: ProblemInspection
  ) -> [ProblemFinding] {
    wanted.allowedLeaks.compactMap { allowed in
      do {
        let pointer = try JSONPointer(parsing: allowed.pointer)
        if inspection.usedAllowances.contains(pointer) { return nil }
        return ProblemFinding(
          nil, .advice, at: pointer, "the test allows a leak here, and there is none",
          expected: "a leak, because: \(allowed.reason)")
      } catch {
        return ProblemFinding(nil, at: JSONPointer(), "the test's own pointer is none: \(error)")
      }
    }
  }

  private init(
    context: ProblemContext, inspection: ProblemInspection, expected: [ProblemFinding],
    _ wanted: ProblemExpectations
  ) {
    self.context = context
    strictness = wanted.strictness
    problem = inspection.problem
    // That there is no problem document at all cannot be tolerated.
    let broken = inspection.findings.filter { finding in
      inspection.problem == nil || finding.rule.map { !wanted.tolerated.contains($0) } ?? true
    }
    let all = expected + broken
    findings =
      all.filter { $0.rule == nil && $0.strength > .advice || $0.rule == .typeIdentity }
      + broken.filter { $0.strength > .advice } + all.filter { $0.strength == .advice }
  }
}

extension ProblemVerdict: CustomStringConvertible {
  /// The findings, each with its rule and values, and the body, cut at 4 KiB and with secrets masked.
  public var description: String {
    ([findingsText, bodyText].filter { !$0.isEmpty }).joined(separator: "\n")
  }

  /// The findings alone, indented by two spaces.
  ///
  /// The first 50 of them: how many there are is up to the service.
  package var findingsText: String {
    let limit = 50
    var lines = findings.prefix(limit).flatMap { $0.description.split(separator: "\n") }
      .map { "  \($0)" }
    if findings.count > limit { lines.append("  … (+\(findings.count - limit) findings)") }
    return lines.joined(separator: "\n")
  }

  private var bodyText: String {
    let type = context.contentType?.withInvisiblesShown ?? "no Content-Type"
    let head = "  body  status \(context.status), \(type), \(context.body.count) bytes"
    guard !context.body.isEmpty else { return head }
    let limit = 4_096
    let text = String(decoding: context.body.prefix(limit), as: UTF8.self)
      .withSecretsMasked.withInvisiblesShown
    let left = context.body.count - limit
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    return "\(head):\n\(lines.joined(separator: "\n"))" + (left > 0 ? "… (+\(left) bytes)" : "")
  }
}

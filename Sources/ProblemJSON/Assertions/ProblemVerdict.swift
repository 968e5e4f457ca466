import HarnessJSON
import HarnessReporting

/// What the rules, and a test, say about a response.
public struct ProblemVerdict: Sendable {
  /// The problem that was read; nil when the body is no problem document.
  public let problem: Problem?
  /// All that is wrong: what the test expected otherwise first, then broken rules, then advice.
  public let findings: [ProblemFinding]
  private let context: ProblemContext

  /// Whether the body is a problem document, and nothing is wrong but advice.
  public var isPassed: Bool {
    problem != nil && findings.allSatisfy { $0.strength == .advice }
  }

  /// Checks a response against the rules alone.
  public init(checking context: ProblemContext) {
    self.init(context: context, inspection: ProblemInspection(of: context), expected: [], .init())
  }

  /// Checks a response against the rules and against what a test expects.
  ///
  /// - Parameters:
  ///   - context: The response.
  ///   - status: The expected status code of the response.
  ///   - type: The expected problem type, as it is written in the document; `about:blank` for none.
  ///   - expectations: What the test expects beyond that.
  public init(
    checking context: ProblemContext, status: Int, type: String,
    _ expectations: (inout ProblemExpectations) -> Void = { _ in }
  ) {
    var wanted = ProblemExpectations()
    expectations(&wanted)
    var expected: [ProblemFinding] = []
    if context.status != status {
      expected.append(
        ProblemFinding(
          nil, at: JSONPointer(), "status \(context.status), expected \(status)"))
    }
    let inspection = ProblemInspection(of: context)
    if let problem = inspection.problem {
      if !problem.type.hasSameBytes(as: type) {
        expected.append(
          ProblemFinding(
            nil, at: JSONPointer(tokens: ["type"]), "not the expected problem",
            expected: JSONValue.string(type).excerpt(limit: 240),
            actual: JSONValue.string(problem.type).excerpt(limit: 240)))
      }
      expected += wanted.findings(in: problem)
    }
    self.init(context: context, inspection: inspection, expected: expected, wanted)
  }

  private init(
    context: ProblemContext, inspection: ProblemInspection, expected: [ProblemFinding],
    _ wanted: ProblemExpectations
  ) {
    self.context = context
    problem = inspection.problem
    // That there is no problem document at all cannot be tolerated.
    let broken = inspection.findings.filter { finding in
      inspection.problem == nil || finding.rule.map { !wanted.tolerated.contains($0) } ?? true
    }
    findings =
      expected + broken.filter { $0.strength > .advice } + broken.filter { $0.strength == .advice }
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

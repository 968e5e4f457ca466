import HarnessReporting

/// Expects a problem response with this status and type that keeps the rules of RFC 9457.
///
/// ```swift
/// let problem = try expectProblem(response, status: 422, type: "https://example.com/problems/bad-cells") {
///   $0.title("Some cells could not be read.")
///   $0.error(at: "#/rows/3/close")
/// }
/// ```
///
/// All that is wrong is one failure, with the rule, its section and strength, the pointer and both values.
/// Advice is told in it, but fails no test by itself.
///
/// `status` is that of the response. `type` is compared with that of the document; where the address of the response
/// is known, both are resolved against it first (RFC 9457, section 3.1.1). A document without one has the type
/// `about:blank`. The closure adds what the test expects beyond that.
///
/// - Returns: The problem.
/// - Throws: An error that the framework does not record again, when the failure is recorded.
@discardableResult
public func expectProblem(
  _ context: ProblemContext, status: Int, type: String,
  _ expectations: (inout ProblemExpectations) -> Void = { _ in },
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) throws -> Problem {
  let verdict = ProblemVerdict(checking: context, status: status, type: type, expectations)
  if verdict.isPassed, let problem = verdict.problem { return problem }
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  throw Reporter().error(
    recording: Failure("expected a problem, status \(status), \(type)\n\(verdict)", at: site))
}

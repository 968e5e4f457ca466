import HarnessReporting
public import ProblemJSON

/// Expects a problem response in XML with this status and type that keeps the rules of RFC 9457, those of
/// appendix B among them.
///
/// Extension members are texts, arrays and objects: `$0.member("balance", "30")`.
///
/// - Returns: The problem.
/// - Throws: An error that the framework does not record again, when the failure is recorded.
@discardableResult
public func expectXMLProblem(
  _ context: ProblemContext, status: Int, type: String,
  _ expectations: (inout ProblemExpectations) -> Void = { _ in },
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) throws -> Problem {
  let verdict = ProblemVerdict(
    checking: context, status: status, type: type, reader: XMLProblem.reader, expectations)
  if verdict.isPassed, let problem = verdict.problem { return problem }
  let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
  throw Reporter().error(
    recording: Failure("expected a problem in XML, status \(status), \(type)\n\(verdict)", at: site)
  )
}

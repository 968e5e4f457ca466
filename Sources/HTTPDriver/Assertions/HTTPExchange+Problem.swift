public import HTTPTypes
import HarnessReporting
public import ProblemJSON

extension HTTPExchange {
  /// The response as the rules of problem details see it.
  public var problemContext: ProblemContext {
    ProblemContext(
      status: status.code, contentType: response.headerFields[.contentType],
      contentLanguage: response.headerFields[.contentLanguage], body: body,
      request: ProblemContext.Request(
        method: request.method.rawValue, target: request.path ?? "/", body: record.sent.head))
  }

  /// Expects a problem response with this status and type that keeps the rules of RFC 9457.
  ///
  /// ```swift
  /// try await http.post("/reports", .multipart { FilePart("file", .path("notes.txt")) })
  ///   .expectProblem(status: .unprocessableContent, type: "https://example.com/problems/not-a-workbook")
  /// ```
  ///
  /// The type is compared as it is written in the document; a document without one has `about:blank`. The
  /// closure adds what the test expects beyond that. All that is wrong is one failure.
  ///
  /// - Returns: The problem.
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func expectProblem(
    status expected: HTTPResponse.Status, type: String,
    _ expectations: (inout ProblemExpectations) -> Void = { _ in },
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> Problem {
    let verdict = ProblemVerdict(
      checking: problemContext, status: expected.code, type: type, expectations)
    if verdict.isPassed, let problem = verdict.problem { return problem }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    throw failure(
      "expected a problem, status \(expected.code), \(type)", findings: verdict.findingsText,
      at: site)
  }
}

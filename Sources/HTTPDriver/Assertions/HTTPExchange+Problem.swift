public import HTTPTypes
import HarnessReporting
public import ProblemJSON

extension HTTPExchange {
  /// The response as the rules of problem details see it.
  public var problemContext: ProblemContext {
    ProblemContext(
      status: status.code, contentType: response.headerFields[.contentType],
      contentLanguage: response.headerFields[.contentLanguage],
      retryAfter: response.headerFields[.retryAfter], body: body,
      request: ProblemContext.Request(
        method: request.method.rawValue, target: request.path ?? "/",
        accept: request.headerFields[.accept],
        acceptLanguage: request.headerFields[.acceptLanguage], body: record.sent.head),
      url: address)
  }

  /// The address of the response, where the request has one with a scheme and a host.
  private var address: String? {
    guard let scheme = request.scheme, !scheme.isEmpty, let authority = request.authority,
      !authority.isEmpty
    else { return nil }
    return "\(scheme)://\(authority)\(request.path ?? "/")"
  }

  /// Expects a problem response with this status and type that keeps the rules of RFC 9457.
  ///
  /// ```swift
  /// try await http.post("/reports", .multipart { FilePart("file", .path("notes.txt")) })
  ///   .expectProblem(status: .unprocessableContent, type: "https://example.com/problems/not-a-workbook")
  /// ```
  ///
  /// The type is compared with that of the document, both resolved against the address of the response (RFC 9457,
  /// section 3.1.1); a document without one has `about:blank`. The closure adds what the test expects beyond that,
  /// `types` declares what the service documents. All that is wrong is one failure.
  ///
  /// - Returns: The problem.
  /// - Throws: After the test has failed at this line.
  @discardableResult
  public func expectProblem(
    status expected: HTTPResponse.Status, type: String, types: ProblemTypes? = nil,
    _ expectations: (inout ProblemExpectations) -> Void = { _ in },
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) throws -> Problem {
    var context = problemContext
    context.types = types
    let verdict = ProblemVerdict(
      checking: context, status: expected.code, type: type, expectations)
    if verdict.isPassed, let problem = verdict.problem { return problem }
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    throw failure(
      "expected a problem, status \(expected.code), \(type)", findings: verdict.findingsText,
      at: site)
  }
}

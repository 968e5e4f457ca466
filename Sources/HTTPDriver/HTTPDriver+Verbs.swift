public import HTTPTypes
package import HarnessReporting

extension HTTPDriver {
  /// Sends a GET request; see ``send(_:_:_:headers:within:fileID:filePath:line:column:)``.
  public func get(
    _ path: String, headers: HTTPFields = [:], within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> HTTPExchange {
    try await send(
      .get, path, headers: headers, within: duration, fileID: fileID, filePath: filePath,
      line: line, column: column)
  }

  /// Sends a POST request; see ``send(_:_:_:headers:within:fileID:filePath:line:column:)``.
  public func post(
    _ path: String, _ body: HTTPBody = .empty, headers: HTTPFields = [:],
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> HTTPExchange {
    try await send(
      .post, path, body, headers: headers, within: duration, fileID: fileID, filePath: filePath,
      line: line, column: column)
  }

  /// Sends a PUT request; see ``send(_:_:_:headers:within:fileID:filePath:line:column:)``.
  public func put(
    _ path: String, _ body: HTTPBody = .empty, headers: HTTPFields = [:],
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> HTTPExchange {
    try await send(
      .put, path, body, headers: headers, within: duration, fileID: fileID, filePath: filePath,
      line: line, column: column)
  }

  /// Sends a PATCH request; see ``send(_:_:_:headers:within:fileID:filePath:line:column:)``.
  public func patch(
    _ path: String, _ body: HTTPBody = .empty, headers: HTTPFields = [:],
    within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
  ) async throws -> HTTPExchange {
    try await send(
      .patch, path, body, headers: headers, within: duration, fileID: fileID, filePath: filePath,
      line: line, column: column)
  }

  /// Sends a DELETE request; see ``send(_:_:_:headers:within:fileID:filePath:line:column:)``.
  public func delete(
    _ path: String, headers: HTTPFields = [:], within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> HTTPExchange {
    try await send(
      .delete, path, headers: headers, within: duration, fileID: fileID, filePath: filePath,
      line: line, column: column)
  }

  /// Sends a request and waits for the whole response, whatever its status.
  ///
  /// The path may have a query. It is sent as it is, so what is not printable ASCII must be percent-encoded in
  /// it; a path that cannot be sent fails the test. `Content-Type` comes from the body,
  /// unless `headers` has one. `within:` is the deadline of the exchange; nil leaves it to the
  /// `withDeadline` scope, and outside of every scope to the default of 10 s.
  ///
  /// - Throws: An error after the test has failed at this line, when there is no complete response by the
  ///   deadline. `CancellationError`, which fails nothing by itself, when the task is cancelled; the
  ///   connection is then closed.
  public func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: HTTPBody = .empty,
    headers: HTTPFields = [:], within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> HTTPExchange {
    let outcome = await outcome(method, path, body, headers: headers, within: duration)
    switch outcome {
    case .response(let exchange): return exchange
    case .cancelled: throw CancellationError()
    case .failed(let error):
      let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
      throw await failure(error, at: site)
    }
  }

  /// Fails the test with an exchange that has no response, and gives the error to throw.
  package func failure(_ error: HTTPExchangeError, at site: CallSite) async -> any Error {
    let report = ExchangeReport(record: error.record)
    return await reporter.error(
      recording: Failure(
        report.text(error.reason), at: site, evidence: report.evidence + error.journal.evidence))
  }
}

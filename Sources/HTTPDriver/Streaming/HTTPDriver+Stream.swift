public import HTTPTypes
import HarnessReporting
import Waiters

extension HTTPDriver {
  /// Sends a request, and lets `body` read the response as it comes, the head first.
  ///
  /// For bodies that are long or never end: server-sent events, lines of JSON, downloads. What is not read is not
  /// taken in, so that the service feels it. When `body` returns, the connection is closed, whatever is left.
  ///
  /// ```swift
  /// try await http.stream(.get, "/events") { response in
  ///   try response.soFar.expect(status: .ok)
  ///   for try await event in response.events where event.id == "3" { break }
  /// }
  /// ```
  ///
  /// `within:` is the deadline of the head, and then of each piece anew. The response is read as it is: redirects are
  /// not followed, and no compression is asked for unless `headers` do. Observers are told of it when `body` has
  /// returned, as of a response with what had come of its body.
  ///
  /// - Throws: An error after the test has failed at this line, when the head does not come by its deadline, and when
  ///   `body` lets an ``HTTPExchangeError`` through. What else `body` throws, and `CancellationError`.
  public func stream<R>(
    _ method: HTTPRequest.Method, _ path: String, _ body: HTTPBody = .empty,
    headers: HTTPFields = [:], within duration: Duration? = nil, fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column,
    _ use: (HTTPStreamedResponse) async throws -> R
  ) async throws -> R {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let plan: ExchangePlan
    switch makePlan(method, path, body, headers: headers, within: duration) {
    case .failure(let error): throw await failure(error, at: site)
    case .success(var made):
      made.responseLimit = nil
      if headers[.acceptEncoding] == nil, settings.headers[.acceptEncoding] == nil {
        made.request.headerFields[.acceptEncoding] = nil
      }
      plan = made
    }
    try Task.checkCancellation()
    let run = ExchangeRun(plan)
    let connection = transport.engine.start(run)
    let head = await run.head(by: plan.deadline)
    let result: Result<R, any Error>
    if let response = head.response {
      let streamed = HTTPStreamedResponse(
        response: response, driver: self, run: run, duration: duration)
      do {
        result = .success(try await use(streamed))
      } catch {
        result = .failure(error)
      }
    } else {
      result = .failure(run.error(of: self) ?? CancellationError())
    }
    run.update { $0.end(.cancelled) }
    await connection.closed()
    _ = conclude(run.soFar, plan, isLeft: head.response != nil && !Task.isCancelled)
    switch result {
    case .success(let value): return value
    case .failure(let error as HTTPExchangeError): throw await failure(error, at: site)
    case .failure(let error): throw error
    }
  }
}

extension ExchangeRun {
  /// Why the exchange failed; nil where it did not.
  func error(of driver: HTTPDriver) -> HTTPExchangeError? {
    let result = soFar
    guard case .failed(let code, let reason) = result.ending else { return nil }
    return HTTPExchangeError(
      code: code, reason: reason, record: driver.makeRecord(plan, result), journal: driver.journal)
  }
}

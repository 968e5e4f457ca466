public import HTTPTypes
import HarnessReporting
import Waiters

extension HTTPDriver {
  /// Sends a request and goes away at a chosen point of the exchange, as a client does that was closed.
  ///
  /// The point is reached by what happens, not by time: after so many bytes, after the head. In process and in
  /// memory the driver hears when the service's task was cancelled, and waits for it until the deadline; over a
  /// network the service has to tell the test by itself.
  ///
  /// ```swift
  /// let cancellation = try await http.cancelling(.get, "/export", at: .midResponseBody(bytes: 1_000))
  /// #expect(cancellation.serviceSawItAfter != nil)
  /// ```
  ///
  /// - Throws: An error after the test has failed at this line, when the exchange ended before the point was
  ///   reached, or, where the driver can hear of it, the service's task was not cancelled by the deadline.
  @discardableResult
  public func cancelling(
    _ method: HTTPRequest.Method, _ path: String, _ body: HTTPBody = .empty,
    headers: HTTPFields = [:], at point: HTTPCancellationPoint, within duration: Duration? = nil,
    fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
    column: UInt = #column
  ) async throws -> HTTPCancellation {
    let site = CallSite(fileID: fileID, filePath: filePath, line: line, column: column)
    let plan: ExchangePlan
    switch makePlan(method, path, body, headers: headers, within: duration) {
    case .failure(let error): throw await failure(error, at: site)
    case .success(var made):
      made.cancellation = point
      if case .midRequestBody(let count) = point {
        made.body = made.body.cut(afterBytes: count)
        if count <= 0 { made.cancellation = .afterRequestHead }
      }
      plan = made
    }
    try Task.checkCancellation()
    if point == .beforeConnect {
      return HTTPCancellation(
        point: point, outcome: .cancelled, serviceSawItAfter: nil, record: makeRecord(plan))
    }
    let run = ExchangeRun(plan)
    let connection = transport.engine.start(run)
    let result = await run.result(by: plan.deadline)
    await connection.closed()
    try Task.checkCancellation()
    let outcome = conclude(result, plan)
    switch outcome {
    case .cancelled: break
    case .failed(let error): throw await failure(error, at: site)
    case .response(let exchange):
      throw exchange.failure(
        "the exchange was complete before the client could go away \(point)", at: site)
    }
    var seen: Duration?
    if capabilities.contains(.serviceSightings) {
      let sightings = await run.serviceSightings(by: plan.deadline)
      try Task.checkCancellation()
      guard sightings.cancelled != nil || sightings.hasFinished else {
        let error = HTTPExchangeError(
          code: .timedOut,
          reason: """
            the client went away \(point), and the service's task was not cancelled \
            within \(plan.deadline)
            """, record: makeRecord(plan, result), journal: journal)
        throw await failure(error, at: site)
      }
      let goneAt = run.endedAt
      seen = sightings.cancelled.map { max(.zero, (goneAt ?? $0).duration(to: $0)) }
    }
    return HTTPCancellation(
      point: point, outcome: outcome, serviceSawItAfter: seen, record: makeRecord(plan, result))
  }
}

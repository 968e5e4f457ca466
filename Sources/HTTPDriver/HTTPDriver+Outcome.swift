public import HTTPTypes
import HarnessReporting
package import Waiters

extension HTTPDriver {
  /// Sends a request and hands back what came of it; fails nothing.
  ///
  /// The parameters are those of ``send(_:_:_:headers:within:fileID:filePath:line:column:)``.
  public func outcome(
    _ method: HTTPRequest.Method, _ path: String, _ body: HTTPBody = .empty,
    headers: HTTPFields = [:], within duration: Duration? = nil
  ) async -> HTTPOutcome {
    switch makePlan(method, path, body, headers: headers, within: duration) {
    case .success(let plan): await outcome(of: plan)
    case .failure(let error): .failed(error)
    }
  }

  /// Carries an exchange and tells the observers.
  func outcome(of plan: ExchangePlan) async -> HTTPOutcome {
    // Before it connects: a connection that is refused at once would win against the cancellation.
    if Task.isCancelled || plan.cancellation == .beforeConnect { return .cancelled }
    let run = ExchangeRun(plan)
    let connection = transport.engine.start(run)
    let result = await run.result(by: plan.deadline)
    await connection.closed()
    return conclude(result, plan)
  }

  /// Asks to leave HTTP for another protocol; the stream is there when the answer was 101.
  package func upgrade(
    _ path: String, headers: HTTPFields, by deadline: Deadline
  ) async -> (outcome: HTTPOutcome, stream: ByteStream?) {
    let plan: ExchangePlan
    switch makePlan(.get, path, .empty, headers: headers, by: deadline) {
    case .failure(let error): return (.failed(error), nil)
    case .success(var made):
      made.kind = .upgrade
      plan = made
    }
    if Task.isCancelled { return (.cancelled, nil) }
    let run = ExchangeRun(plan)
    let connection = transport.engine.start(run)
    let result = await run.result(by: plan.deadline)
    let stream = connection.takeStream()
    if case .complete = result.ending, let stream { return (conclude(result, plan), stream) }
    stream?.close()
    await connection.closed()
    return (conclude(result, plan), nil)
  }

  /// Makes an outcome of what came, and tells the observers of it.
  func conclude(_ result: ExchangeResult, _ plan: ExchangePlan) -> HTTPOutcome {
    let record = makeRecord(plan, result)
    let outcome: HTTPOutcome
    switch result.ending {
    case .complete:
      guard let response = result.response else {
        preconditionFailure("a complete exchange has no response")
      }
      outcome = .response(HTTPExchange(record: record, response: response, reporter: reporter))
    case .failed(let code, let reason):
      outcome = .failed(HTTPExchangeError(code: code, reason: reason, record: record))
    case .cancelled: outcome = .cancelled
    }
    if case .response(let exchange) = outcome { observer?(exchange) }
    return outcome
  }

  func makeRecord(_ plan: ExchangePlan, _ result: ExchangeResult? = nil) -> ExchangeRecord {
    var record = ExchangeRecord(
      request: plan.request, service: transport.engine.address, repetition: plan.body.repetition)
    guard let result else { return record }
    record.response = result.response
    record.informational = result.informational
    record.body = result.body
    record.bodyCount = result.bodyCount
    record.trailers = result.trailers
    record.sent = result.sent
    record.timings = result.timings
    return record
  }
}

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
    case .success(let plan): await outcomeAfterRedirects(of: plan, headers: headers)
    case .failure(let error): .failed(error)
    }
  }

  /// Carries one exchange and tells the observers.
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

  private func outcomeAfterRedirects(
    of first: ExchangePlan, headers: HTTPFields
  ) async -> HTTPOutcome {
    var plan = first
    var passed: [HTTPExchange] = []
    while true {
      let outcome = await outcome(of: plan)
      guard settings.redirectLimit > 0, case .response(let exchange) = outcome else {
        return outcome
      }
      let rule = RedirectRule(authority: transport.engine.address?.authority)
      switch rule.decide(exchange.request, exchange.response) {
      case .stay: return .response(exchange.following(passed))
      case .refuse(let reason): return .failed(exchange.error(.redirectRefused, reason))
      case .follow(let method, let path, let keepsBody):
        guard passed.count < settings.redirectLimit else {
          return .failed(
            exchange.error(
              .redirectRefused,
              """
              more than \(settings.redirectLimit) redirects, the next one to \
              \(Excerpt.line(path, limit: 200))
              """))
        }
        if keepsBody, plan.body.isReadOnce {
          return .failed(
            exchange.error(
              .redirectRefused,
              """
              the \(exchange.status.code) to \(Excerpt.line(path, limit: 200)) asks for the request's body again, \
              which is a stream that can be read once; send bytes or a file, or begin at that place
              """))
        }
        passed.append(exchange)
        var headers = headers
        if !keepsBody {
          for name in [HTTPField.Name.contentType, .contentLength, .contentEncoding, .expect] {
            headers[name] = nil
          }
        }
        // The place of a redirect is a whole path, with what the address puts before the paths of a test.
        let next = makePlan(
          method, path, keepsBody ? plan.body : .empty, headers: headers, by: plan.deadline,
          isWholePath: true)
        switch next {
        case .success(let made): plan = made
        case .failure(let error): return .failed(error)
        }
      }
    }
  }

  /// Makes an outcome of what came, and tells the observers of it.
  ///
  /// A stream that the test left, having seen enough, is a response like any other, with what had come of its body.
  func conclude(
    _ result: ExchangeResult, _ plan: ExchangePlan, isLeft: Bool = false
  ) -> HTTPOutcome {
    var record = makeRecord(plan, result)
    takeCookies(record)
    let outcome: HTTPOutcome
    switch result.ending {
    case .complete: outcome = complete(record, decodes: plan.responseLimit != nil)
    case .cancelled where isLeft:
      record.isLeft = true
      outcome = complete(record, decodes: false)
    case .failed(let code, let reason):
      outcome = .failed(
        HTTPExchangeError(code: code, reason: reason, record: record, journal: journal))
    case .cancelled: outcome = .cancelled
    }
    if settings.capture.keepsExchanges { journal.append(record, outcome) }
    for observer in settings.observers { observer(outcome) }
    return outcome
  }

  private func complete(_ record: ExchangeRecord, decodes: Bool) -> HTTPOutcome {
    guard let response = record.response else {
      preconditionFailure("a complete exchange has no response")
    }
    var decoded = record
    if decodes, let name = response.headerFields[.contentEncoding]?.lowercased(),
      let coding = settings.codings.first(where: { $0.rawValue == name }), !record.body.isEmpty
    {
      do {
        decoded.body = try ContentDecoder.decode(
          record.body, coding, limit: settings.responseLimit)
        decoded.bodyCount = decoded.body.count
      } catch {
        return .failed(
          HTTPExchangeError(
            code: .contentCodingFailed,
            reason: "the body's \(name) cannot be undone: \(error)", record: record,
            journal: journal))
      }
    }
    return .response(
      HTTPExchange(
        record: decoded, response: response, encodedBody: record.body, reporter: reporter,
        journal: journal))
  }

  private func takeCookies(_ record: ExchangeRecord) {
    guard let jar = settings.cookies, let response = record.response else { return }
    let fields = response.headerFields[values: .setCookie]
    guard !fields.isEmpty else { return }
    jar.take(fields, from: record.service, path: record.request.path ?? "/")
  }

  func makeRecord(_ plan: ExchangePlan, _ result: ExchangeResult? = nil) -> ExchangeRecord {
    var record = ExchangeRecord(
      request: plan.request, service: transport.engine.address, repetition: plan.repetition)
    guard let result else { return record }
    record.response = result.response
    record.bodyLength = plan.body.length
    record.hasTrailers = !plan.body.trailers.isEmpty
    record.informational = result.informational
    record.body = result.body
    record.bodyCount = result.bodyCount
    record.trailers = result.trailers
    record.sent = result.sent
    record.timings = result.timings
    record.elapsed = result.elapsed
    if transport.engine.capabilities.contains(.http2) { record.httpVersion = "HTTP/2" }
    record.serviceError = result.serviceError
    record.connection = result.connection
    return record
  }
}

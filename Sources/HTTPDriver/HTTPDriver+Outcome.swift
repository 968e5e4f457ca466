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
    let plan: ExchangePlan
    switch makePlan(method, path, body, headers: headers, within: duration) {
    case .success(let made): plan = made
    case .failure(let error): return .failed(error)
    }
    // Before it connects: a connection that is refused at once would win against the cancellation.
    if Task.isCancelled { return .cancelled }
    return outcome(of: await transport.engine.exchange(plan), plan)
  }

  /// Asks to leave HTTP for another protocol; the stream is there when the answer was 101.
  package func upgrade(
    _ path: String, headers: HTTPFields, by deadline: Deadline
  ) async -> (outcome: HTTPOutcome, stream: ByteStream?) {
    switch makePlan(.get, path, .empty, headers: headers, by: deadline) {
    case .failure(let error): return (.failed(error), nil)
    case .success(let plan):
      if Task.isCancelled { return (.cancelled, nil) }
      let (result, stream) = await transport.engine.upgrade(plan)
      return (outcome(of: result, plan), stream)
    }
  }

  private func outcome(of result: ExchangeResult, _ plan: ExchangePlan) -> HTTPOutcome {
    var record = makeRecord(plan)
    record.response = result.response
    record.body = result.body
    record.sent = result.sent
    record.timings = result.timings
    switch result.ending {
    case .complete:
      guard let response = result.response else {
        preconditionFailure("a complete exchange has no response")
      }
      let exchange = HTTPExchange(record: record, response: response, reporter: reporter)
      observer?(exchange)
      return .response(exchange)
    case .failed(let code, let reason):
      return .failed(HTTPExchangeError(code: code, reason: reason, record: record))
    case .cancelled: return .cancelled
    }
  }

  private func makeRecord(_ plan: ExchangePlan) -> ExchangeRecord {
    ExchangeRecord(
      request: plan.request, address: transport.engine.address?.origin,
      repetition: plan.body.repetition)
  }

  private func makePlan(
    _ method: HTTPRequest.Method, _ path: String, _ body: HTTPBody, headers: HTTPFields,
    within duration: Duration? = nil, by deadline: Deadline? = nil
  ) -> Result<ExchangePlan, HTTPExchangeError> {
    let address = transport.engine.address
    var request = HTTPRequest(
      method: method, scheme: address == nil ? nil : "http", authority: address?.authority,
      path: (address?.prefix ?? "") + path, headerFields: headers)
    if let credentials = address?.credentials, headers[.authorization] == nil {
      request.headerFields[.authorization] = "Basic \(base64(credentials))"
    }
    if let type = body.contentType, headers[.contentType] == nil {
      request.headerFields[.contentType] = type
    }
    frame(&request, body)
    let plan = ExchangePlan(
      request: request, body: body, deadline: deadline ?? .effective(within: duration),
      responseLimit: responseLimit)
    if let problem = Self.problem(ofPath: path) {
      return .failure(
        HTTPExchangeError(code: .misuse, reason: problem, record: makeRecord(plan)))
    }
    return .success(plan)
  }

  /// Says how the body is framed, unless the test does it.
  ///
  /// Source: RFC 9110, section 8.6, and RFC 9112, section 6.1.
  private func frame(_ request: inout HTTPRequest, _ body: HTTPBody) {
    guard request.headerFields[.contentLength] == nil,
      request.headerFields[.transferEncoding] == nil
    else { return }
    switch body.length {
    case nil:
      // In process there is nothing to frame.
      if transport.engine.address != nil { request.headerFields[.transferEncoding] = "chunked" }
    case 0 where ![.post, .put, .patch].contains(request.method): break
    case let length?: request.headerFields[.contentLength] = String(length)
    }
  }

  private static func problem(ofPath path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else {
      return "not sent: a path begins with \"/\""
    }
    guard path.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      return "not sent: a path holds printable ASCII without spaces; percent-encode the rest"
    }
    guard !path.utf8.contains(UInt8(ascii: "#")) else {
      return "not sent: a request carries no fragment (RFC 9112, section 3.2); write # as %23"
    }
    return nil
  }
}

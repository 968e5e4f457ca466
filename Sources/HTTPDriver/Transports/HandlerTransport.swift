import HTTPTypes

/// Calls a service's code: no sockets, no bytes on a wire.
struct HandlerTransport: ExchangeTransport {
  let handler: HTTPHandler

  var capabilities: HTTPTransport.Capabilities { [] }
  var address: ServiceAddress? { nil }

  func exchange(_ plan: ExchangePlan) async -> ExchangeResult {
    let run = ExchangeRun(plan)
    run.update { $0.connected(at: nil) }
    let body = plan.body.observed { piece in run.update { $0.sent.append(piece) } }
    run.perform {
      do {
        let reply = try await handler(plan.request, body)
        run.update { $0.received(reply.head, at: .now) }
        if plan.request.method != .head {
          for try await piece in reply.body {
            run.update { $0.received(piece) }
            // The exchange has ended, and not every sequence looks at its task.
            if Task.isCancelled { return }
          }
        }
        run.update { $0.receivedEnd(at: .now) }
      } catch {
        run.update { $0.broke(.handlerFailed, "the handler threw \(error)") }
      }
    }
    return await run.result(by: plan.deadline)
  }

  func upgrade(_ plan: ExchangePlan) async -> (result: ExchangeResult, stream: ByteStream?) {
    let reason = "an upgrade needs a connection, and a handler in process has none"
    return (ExchangeResult(ending: .failed(.misuse, reason)), nil)
  }
}

extension HTTPBody {
  /// The same body, which tells of each piece before it hands it on.
  func observed(_ observe: @escaping @Sendable ([UInt8]) -> Void) -> HTTPBody {
    let whole = self
    return HTTPBody(contentType: contentType, length: length, repetition: repetition) {
      ObservedReader(source: whole.makeAsyncIterator(), observe: observe)
    }
  }
}

private struct ObservedReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let observe: @Sendable ([UInt8]) -> Void

  mutating func read() async throws -> [UInt8]? {
    guard let piece = try await source.next() else { return nil }
    observe(piece)
    return piece
  }
}

import HTTPTypes

/// Calls a service's code: no sockets, no bytes on a wire.
struct HandlerTransport: ExchangeTransport {
  let handler: HTTPHandler

  var capabilities: HTTPTransport.Capabilities { .inProcess }
  var address: ServiceAddress? { nil }

  func start(_ run: ExchangeRun) -> any ExchangeConnection {
    guard case .request = run.plan.kind else {
      let needed = run.plan.kind.needs
      run.update {
        $0.end(.failed(.misuse, "\(needed) needs a connection, and a handler in process has none"))
      }
      return NoConnection()
    }
    run.update { assembly in
      assembly.connected(at: nil)
      assembly.sentHead()
      // Nobody has to read what is not there.
      if run.plan.body.length == 0 { assembly.sentRequest(at: .now) }
    }
    let watch = run.makeWatch()
    let request = run.plan.request
    let body = run.plan.body.observed(
      piece: { piece in run.update { $0.sentPiece(piece) } },
      end: { run.update { $0.sentRequest(at: .now) } })
    run.perform {
      await withTaskCancellationHandler {
        do {
          try await answer(request, body, run)
        } catch {
          watch.failed(error)
        }
        watch.finished()
      } onCancel: {
        watch.cancelled()
      }
    }
    return NoConnection()
  }

  private func answer(_ request: HTTPRequest, _ body: HTTPBody, _ run: ExchangeRun) async throws {
    let reply = try await handler(request, body).checked()
    let framing = try ReplyFraming(ReplyFraming.Question(method: request.method), reply)
    for head in reply.informational { run.update { _ = $0.received(head, at: .now) } }
    run.update { _ = $0.received(framing.inProcess(reply.head), at: .now) }
    if framing.body != .none {
      var length = ReplyLength(framing.body)
      for try await piece in reply.body {
        try length.take(piece)
        if !run.received(piece) { await run.pipe?.room() }
        // The exchange has ended, and not every sequence looks at its task.
        if Task.isCancelled { return }
      }
      try length.finish()
    }
    let trailers = framing.body == .chunked ? reply.body.trailers : [:]
    run.update { $0.receivedEnd(trailers: trailers, at: .now) }
  }
}

extension ExchangePlan.Kind {
  /// What is asked for, as the subject of a sentence.
  var needs: String {
    switch self {
    case .request: "a request"
    case .upgrade: "an upgrade"
    case .raw: "sending raw bytes"
    }
  }
}

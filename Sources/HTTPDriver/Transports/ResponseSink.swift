package import HTTPTypes

/// Where a service that is called in process puts its answer, as it comes: informational responses, one head, pieces,
/// the end.
package struct ResponseSink: Sendable {
  let run: ExchangeRun
  let watch: ServiceWatch

  /// Takes an informational response, or the head.
  package func head(_ head: HTTPResponse) {
    run.update { _ = $0.received(head, at: .now) }
  }

  /// Takes a piece of the body, and waits until there is room for the next one.
  ///
  /// False when the exchange has ended, so that nobody wants the rest.
  package func write(_ piece: [UInt8]) async -> Bool {
    if !run.received(piece) { await run.pipe?.room() }
    // Not every sequence looks at its task.
    return !Task.isCancelled
  }

  /// The answer is complete.
  package func end(trailers: HTTPFields) {
    run.update { $0.receivedEnd(trailers: trailers, at: .now) }
  }

  /// The service threw, and its framework answers in its place.
  package func serviceThrew(_ error: any Error) {
    watch.threw(error)
  }

  /// Takes a whole reply, framed as it would be over bytes.
  func send(_ reply: HTTPReply, to request: HTTPRequest) async throws {
    let framing = try ReplyFraming(ReplyFraming.Question(method: request.method), reply)
    for informational in reply.informational { head(informational) }
    head(framing.inProcess(reply.head))
    if framing.body != .none {
      var length = ReplyLength(framing.body)
      for try await piece in reply.body {
        try length.take(piece)
        guard await write(piece) else { return }
      }
      try length.finish()
    }
    end(trailers: framing.body == .chunked ? reply.body.trailers : [:])
  }
}

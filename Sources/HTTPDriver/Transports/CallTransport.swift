import HTTPTypes

/// Calls a service's code: no sockets, no bytes on a wire.
struct CallTransport: ExchangeTransport {
  let capabilities: HTTPTransport.Capabilities
  let answer: @Sendable (HTTPRequest, HTTPBody, ResponseSink) async throws -> Void

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
      end: { run.update { $0.sentRequest(at: .now) } },
      failed: { error in
        // A service that reads no further cancels whoever reads, which is no fault of the body.
        if error is CancellationError { return }
        run.update { assembly in
          let count = byteCount(assembly.sent.count)
          assembly.broke(.requestBodyFailed, "the request's body failed after \(count): \(error)")
        }
      })
    run.perform {
      await withTaskCancellationHandler {
        do {
          try await answer(request, body, ResponseSink(run: run, watch: watch))
        } catch {
          watch.failed(error)
        }
        // The handler may be woken by the cancellation, and be done, before `onCancel` is called.
        if Task.isCancelled { watch.cancelled() }
        watch.finished()
      } onCancel: {
        watch.cancelled()
      }
    }
    return NoConnection()
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

  /// Whether it is more than an exchange of messages.
  var needsBytes: Bool {
    switch self {
    case .request: false
    case .upgrade, .raw: true
    }
  }
}

import HTTPTypes
import HarnessLock
import NIOCore
import NIOHTTP1

/// Sends the request of one exchange over a connection that stands.
final class RequestSender: Sendable {
  private let run: ExchangeRun
  /// Where a body waits that the service is to ask for.
  private let waiting = Lock<(channel: any Channel, body: HTTPBody)?>(nil)

  init(run: ExchangeRun) {
    self.run = run
  }

  /// Sends the request over a channel that is furnished; to be called on its event loop.
  ///
  /// - Parameters:
  ///   - channel: The connection.
  ///   - made: When it was made for this exchange; nil where it stood already.
  ///   - use: Which connection of a pool it is; nil where there is none.
  func send(
    over channel: any Channel, madeAt made: ContinuousClock.Instant?, use: HTTPConnectionUse? = nil
  ) {
    let plan = run.plan
    if case .raw(let pieces) = plan.kind {
      run.update { $0.connected(at: made, use) }
      return send(pieces, to: channel)
    }
    let body = plan.body
    let head = HTTPClientRequestPart.head(HTTPRequestHead(plan.request))
    if plan.expectsContinue {
      waiting.withLock { $0 = (channel, body) }
      run.update { $0.connected(at: made, use) }
      channel.writeAndFlush(head).whenSuccess { _ in self.run.update { $0.sentHead() } }
    } else if let bytes = body.wholeBytes, plan.cancellation == nil {
      run.update { assembly in
        assembly.connected(at: made, use)
        assembly.sentPiece(bytes)
      }
      channel.write(head, promise: nil)
      if !bytes.isEmpty {
        channel.write(
          HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
      }
      channel.writeAndFlush(HTTPClientRequestPart.end(nil)).whenSuccess { _ in
        self.run.update { $0.sentRequest(at: .now) }
      }
    } else {
      run.update { $0.connected(at: made, use) }
      channel.writeAndFlush(head).whenSuccess { _ in
        self.run.update { $0.sentHead() }
        self.run.perform { await self.upload(body, to: channel) }
      }
    }
    if !channel.isActive { run.update { $0.closed() } }
  }

  /// The service asked for the body that waits.
  func sendBody() {
    let waiting = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    guard let waiting else { return }
    run.perform { await self.upload(waiting.body, to: waiting.channel) }
  }

  /// Writes each piece of a raw message by itself, once the one before it has left.
  private func send(_ pieces: [[UInt8]], to channel: any Channel) {
    channel.write(HTTPClientRequestPart.head(HTTPRequestHead(run.plan.request)), promise: nil)
    run.perform { [run] in
      for piece in pieces {
        let part = HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: piece)))
        guard (try? await channel.writeAndFlush(part).settled()) != nil else { return }
        run.update { $0.sentPiece(piece) }
      }
      run.update { $0.sentRequest(at: .now) }
    }
  }

  /// Sends a body piece by piece; the next piece is asked for when the last one is written.
  private func upload(_ body: HTTPBody, to channel: any Channel) async {
    do {
      var pieces = body.makeAsyncIterator()
      while true {
        let piece: [UInt8]?
        do {
          piece = try await pieces.next()
        } catch {
          // Also after a cancellation, where the exchange has ended already and this changes nothing.
          return run.update { assembly in
            let count = byteCount(assembly.sent.count)
            assembly.broke(
              .requestBodyFailed, "the request's body failed after \(count): \(error)")
          }
        }
        guard let piece else { break }
        let part = HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: piece)))
        try await channel.writeAndFlush(part).settled()
        run.update { $0.sentPiece(piece) }
      }
      let trailers = body.trailers
      let fields = trailers.isEmpty ? nil : HTTPHeaders(trailers)
      // Told on the event loop: an answer may be read there before this task goes on.
      let ended = channel.eventLoop.makePromise(of: Void.self)
      ended.futureResult.whenSuccess {
        // A client that goes away here does so once the write is done with: HTTP/2 would not reset its stream in the
        // middle of it.
        guard self.run.plan.cancellation != nil else {
          return self.run.update { $0.sentRequest(at: .now) }
        }
        channel.eventLoop.execute { self.run.update { $0.sentRequest(at: .now) } }
      }
      channel.writeAndFlush(HTTPClientRequestPart.end(fields), promise: ended)
      try await ended.futureResult.settled()
    } catch {
      // A write fails when the connection is closed, which the response handler hears of too: it knows
      // whether a response came first.
    }
  }
}

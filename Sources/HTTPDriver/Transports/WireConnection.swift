import HTTPTypes
import HarnessLock
import NIOCore
import NIOHTTP1

/// The connection of one exchange: made, written to, heard and closed for it alone.
final class WireConnection: ExchangeConnection {
  private struct State {
    /// The channels that are not closed; more than one while several addresses of a host are tried.
    var openChannels = 0
    /// Those who wait until none is.
    var waiters: [CheckedContinuation<Void, Never>] = []
    var stream: ByteStream?
    /// Whether a 101 came: the channel then lives on in the stream, be it taken or not.
    var hasSwitched = false
    /// Where a body waits that the service is to ask for.
    var waiting: (channel: any Channel, body: HTTPBody)?
  }

  private let run: ExchangeRun
  private let codec: WireCodec
  private let state = Lock(State())

  init(run: ExchangeRun, codec: WireCodec) {
    self.run = run
    self.codec = codec
  }

  /// Connects, and sends the request as soon as the connection stands.
  func start(through connector: any Connector) {
    connector.connect(
      watch: run.makeWatch(), opened: { self.prepare($0) },
      connected: { result in
        switch result {
        case .success(let channel):
          do {
            try self.furnish(channel)
            self.connected(channel)
          } catch {
            self.run.update { $0.broke(.connectionFailed, "\(error)") }
          }
        case .failure(let error):
          let (code, reason) = ConnectionFault.ofConnecting(error, connector.place)
          self.run.update { $0.broke(code, reason) }
        }
      })
  }

  /// Waits until every channel is closed, which is counted as it happens: to ask a channel from here would cost a turn of
  /// its event loop, and it is closed already where the exchange has ended there.
  func closed() async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if state.openChannels > 0 { state.waiters.append(continuation) }
        return state.openChannels == 0
      }
      if isClosed { continuation.resume() }
    }
  }

  private func channelClosed() {
    let waiters = state.withLock { state in
      state.openChannels -= 1
      guard state.openChannels == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  func takeStream() -> ByteStream? {
    state.withLock { state in
      defer { state.stream = nil }
      return state.stream
    }
  }

  /// The service asked for the body that waits.
  func sendBody() {
    let waiting = state.withLock { state in
      defer { state.waiting = nil }
      return state.waiting
    }
    guard let waiting else { return }
    run.perform { await self.upload(waiting.body, to: waiting.channel) }
  }

  private func prepare(_ channel: any Channel) {
    state.withLock { $0.openChannels += 1 }
    channel.closeFuture.whenComplete { _ in self.channelClosed() }
    run.whenEnded { [self] in
      if !state.withLock({ $0.hasSwitched }) { channel.close(promise: nil) }
    }
  }

  /// Adds the handlers to the channel that was connected first, before it reads.
  ///
  /// Not before: where a host has several addresses, another channel may be connected too and is then closed,
  /// which would be the end of the exchange if it were heard.
  func furnish(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let decoder = ByteToMessageHandler(HTTPResponseDecoder(informationalResponseStrategy: .forward))
    let last = ResponseHandler(run: run, sendBody: { self.sendBody() })
    switch run.plan.kind {
    case .request where codec == .parts: try pipeline.addHandler(last)
    case .request: try pipeline.addHandlers(HTTPRequestEncoder(), decoder, last)
    case .upgrade:
      let handler = UpgradeHandler { handler in
        let stream = ByteStream(channel: channel, handler: handler)
        self.state.withLock { state in
          state.stream = stream
          state.hasSwitched = true
        }
      }
      try pipeline.addHandlers(handler, HTTPRequestEncoder(), decoder, last)
    case .raw: try pipeline.addHandlers(RawRequestEncoder(), decoder, last)
    }
    let loopBound = NIOLoopBound(last, eventLoop: channel.eventLoop)
    run.pipe?.whenRoom { channel.eventLoop.execute { loopBound.value.readOn() } }
  }

  /// Sends the request over a channel that is furnished; to be called on its event loop.
  func connected(_ channel: any Channel) {
    let plan = run.plan
    if case .raw(let pieces) = plan.kind {
      run.update { $0.connected(at: .now) }
      return send(pieces, to: channel)
    }
    let body = plan.body
    let head = HTTPClientRequestPart.head(HTTPRequestHead(plan.request))
    if plan.expectsContinue {
      state.withLock { $0.waiting = (channel, body) }
      run.update { $0.connected(at: .now) }
      channel.writeAndFlush(head).whenSuccess { _ in self.run.update { $0.sentHead() } }
    } else if let bytes = body.wholeBytes, plan.cancellation == nil {
      run.update { assembly in
        assembly.connected(at: .now)
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
      run.update { $0.connected(at: .now) }
      channel.writeAndFlush(head).whenSuccess { _ in
        self.run.update { $0.sentHead() }
        self.run.perform { await self.upload(body, to: channel) }
      }
    }
    if !channel.isActive { run.update { $0.closed() } }
  }

  /// Writes each piece of a raw message by itself, once the one before it has left.
  private func send(_ pieces: [[UInt8]], to channel: any Channel) {
    channel.write(HTTPClientRequestPart.head(HTTPRequestHead(run.plan.request)), promise: nil)
    run.perform { [run] in
      for piece in pieces {
        let part = HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: piece)))
        guard (try? await channel.writeAndFlush(part).get()) != nil else { return }
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
        try await channel.writeAndFlush(part).get()
        run.update { $0.sentPiece(piece) }
      }
      let trailers = body.trailers
      let fields = trailers.isEmpty ? nil : HTTPHeaders(trailers)
      try await channel.writeAndFlush(HTTPClientRequestPart.end(fields)).get()
      run.update { $0.sentRequest(at: .now) }
    } catch {
      // A write fails when the connection is closed, which the response handler hears of too: it knows
      // whether a response came first.
    }
  }
}

/// Writes the bytes of a raw message as they are; its head is there for the decoder alone, which must know that
/// something was asked.
private final class RawRequestEncoder: ChannelOutboundHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = ByteBuffer

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .body(.byteBuffer(let bytes)) = unwrapOutboundIn(data) else {
      promise?.succeed()
      return
    }
    context.write(wrapOutboundOut(bytes), promise: promise)
  }
}

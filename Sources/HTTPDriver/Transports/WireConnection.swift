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
  }

  private let run: ExchangeRun
  private let codec: WireCodec
  private let sender: RequestSender
  private let state = Lock(State())

  init(run: ExchangeRun, codec: WireCodec) {
    self.run = run
    self.codec = codec
    sender = RequestSender(run: run)
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
            self.sender.send(over: channel, madeAt: .now)
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
    let last = ResponseHandler(run: run, sendBody: { self.sender.sendBody() })
    switch run.plan.kind {
    case .request where codec == .parts: try pipeline.addHandler(last)
    case .request:
      try pipeline.addHandlers(FirstBytes(expecting: .http1), HTTPRequestEncoder(), decoder, last)
    case .upgrade:
      let handler = UpgradeHandler { handler in
        let stream = ByteStream(channel: channel, handler: handler)
        self.state.withLock { state in
          state.stream = stream
          state.hasSwitched = true
        }
      }
      try pipeline.addHandlers(
        FirstBytes(expecting: .http1), handler, HTTPRequestEncoder(), decoder, last)
    case .raw:
      try pipeline.addHandlers(FirstBytes(expecting: .http1), RawRequestEncoder(), decoder, last)
    }
    let loopBound = NIOLoopBound(last, eventLoop: channel.eventLoop)
    run.pipe?.whenRoom { channel.eventLoop.execute { loopBound.value.readOn() } }
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

import HTTPTypes
import HarnessLock
import NIOCore
import NIOHTTP1
import NIOPosix

/// The connection of one live exchange: made, written to, heard and closed for it alone.
final class LiveConnection: Sendable {
  private struct State {
    // More than one while several addresses of a host are tried.
    var channels: [any Channel] = []
    var stream: ByteStream?
    /// Whether a 101 came: the channel then lives on in the stream, be it taken or not.
    var hasSwitched = false
  }

  private let run: ExchangeRun
  private let isUpgrade: Bool
  private let state = Lock(State())

  init(run: ExchangeRun, isUpgrade: Bool) {
    self.run = run
    self.isUpgrade = isUpgrade
  }

  /// Connects, and sends the request as soon as the connection stands.
  func start(to address: ServiceAddress, _ plan: ExchangePlan) {
    ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      // The exchange's own deadline rules; it closes the channels that are being connected.
      .connectTimeout(.hours(24))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { self.prepare(channel) }
      }
      .connect(host: address.host, port: address.port)
      .whenComplete { result in
        switch result {
        case .success(let channel):
          do {
            try self.furnish(channel)
            self.connected(channel, plan)
          } catch {
            self.run.update { $0.broke(.connectionFailed, "\(error)") }
          }
        case .failure(let error):
          let (code, reason) = ConnectionFault.ofConnecting(error, address)
          self.run.update { $0.broke(code, reason) }
        }
      }
  }

  /// Waits until every socket of the exchange is closed.
  func closed() async {
    for channel in state.withLock({ $0.channels }) {
      await withCheckedContinuation { continuation in
        channel.closeFuture.whenComplete { _ in continuation.resume() }
      }
    }
  }

  /// The stream of bytes behind a 101, which is then the caller's to close.
  func takeStream() -> ByteStream? {
    state.withLock { state in
      defer { state.stream = nil }
      return state.stream
    }
  }

  private func prepare(_ channel: any Channel) {
    state.withLock { $0.channels.append(channel) }
    run.whenEnded { [self] in
      if !state.withLock({ $0.hasSwitched }) { channel.close(promise: nil) }
    }
  }

  /// Adds the handlers to the channel that was connected first, before it reads.
  ///
  /// Not before: where a host has several addresses, another channel may be connected too and is then closed,
  /// which would be the end of the exchange if it were heard.
  private func furnish(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    if isUpgrade {
      let handler = UpgradeHandler { handler in
        let stream = ByteStream(channel: channel, handler: handler)
        self.state.withLock { state in
          state.stream = stream
          state.hasSwitched = true
        }
      }
      try pipeline.addHandler(handler)
    }
    try pipeline.addHandlers(
      HTTPRequestEncoder(), ByteToMessageHandler(HTTPResponseDecoder()), ResponseHandler(run: run))
  }

  private func connected(_ channel: any Channel, _ plan: ExchangePlan) {
    run.update { $0.connected(at: .now) }
    let head = HTTPRequestHead(plan.request)
    if let bytes = plan.body.wholeBytes {
      run.update { $0.sent.append(bytes) }
      channel.write(HTTPClientRequestPart.head(head), promise: nil)
      if !bytes.isEmpty {
        channel.write(
          HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
      }
      channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    } else {
      run.perform { await self.upload(head, plan.body, to: channel) }
    }
    if !channel.isActive { run.update { $0.closed() } }
  }

  /// Sends a body piece by piece; the next piece is asked for when the last one is written.
  private func upload(_ head: HTTPRequestHead, _ body: HTTPBody, to channel: any Channel) async {
    do {
      try await channel.writeAndFlush(HTTPClientRequestPart.head(head)).get()
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
        run.update { $0.sent.append(piece) }
      }
      try await channel.writeAndFlush(HTTPClientRequestPart.end(nil)).get()
    } catch {
      // A write fails when the connection is closed, which the response handler hears of too: it knows
      // whether a response came first.
    }
  }
}

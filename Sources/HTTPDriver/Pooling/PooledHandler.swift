import HTTPTypes
import NIOCore
import NIOHTTP1

/// The last handler of a pooled connection: tells one exchange after the other what the connection brings, and decides
/// with ``ResponseBoundary`` whether there is another one.
final class PooledHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart

  private let pool: ConnectionPool
  /// Hears of the service in the name of the exchange that the connection carries.
  private let relay: WatchRelay
  private var connection: PooledConnection?
  private var context: ChannelHandlerContext?
  private var boundary = ResponseBoundary()
  private var verdict = ResponseBoundary.Verdict.close
  /// The exchange that the connection carries.
  private var current: PooledExchange?
  /// The exchange that waits until the connection is parked or closed.
  private var holder: PooledExchange?
  private var lastRequest: HTTPRequest?
  private var carried = 0
  /// Whether it was idle in the pool, where the server may have closed it.
  private var wasParked = false
  /// Whether it carries nothing more.
  private var isOver = false
  private var hasRoom = true
  private var holdsRead = false
  /// What is being decoded.
  private var reading = ByteBuffer()

  init(pool: ConnectionPool, relay: WatchRelay) {
    self.pool = pool
    self.relay = relay
  }

  /// Furnishes a channel that stands, on its event loop, before it reads; nil when the pool is closed.
  static func furnish(
    _ channel: any Channel, for pool: ConnectionPool, relay: WatchRelay
  ) throws -> PooledHandler? {
    let handler = PooledHandler(pool: pool, relay: relay)
    let decoder = ByteToMessageHandler(HTTPResponseDecoder(informationalResponseStrategy: .forward))
    try channel.pipeline.syncOperations.addHandlers(
      FirstBytes(expecting: .http1), HTTPRequestEncoder(), PooledEdge(handler), decoder, handler)
    guard let connection = pool.add(channel, handler) else { return nil }
    handler.connection = connection
    let loopBound = connection.handler
    channel.closeFuture.whenComplete { _ in loopBound.value.channelClosed() }
    return handler
  }

  /// Carries an exchange; false when the connection is gone, and nothing of it was sent.
  func begin(_ exchange: PooledExchange) -> Bool {
    guard !isOver, let connection, let context, context.channel.isActive else { return false }
    let run = exchange.run
    guard !run.hasEnded else {
      // Nothing was sent, so nothing can come: it is as idle as before.
      wasParked = true
      pool.park(connection)
      exchange.released(context.channel)
      return true
    }
    current = exchange
    holder = exchange
    verdict = .close
    if pool.hearsService { relay.run = run }
    lastRequest = run.plan.request
    let channel = context.channel
    let loopBound = connection.handler
    run.pipe?.whenRoom { channel.eventLoop.execute { loopBound.value.readOn() } }
    run.whenEnded {
      if channel.eventLoop.inEventLoop { return loopBound.value.settle(exchange) }
      channel.eventLoop.execute { loopBound.value.settle(exchange) }
    }
    exchange.sender.send(
      over: channel, madeAt: wasParked ? nil : .now,
      use: HTTPConnectionUse(
        number: connection.number, earlierExchanges: carried, isKept: wasParked,
        repeatedAfter: exchange.repeatedAfter))
    return true
  }

  /// The exchange has ended, however it did: the connection goes back to the pool, or is closed.
  private func settle(_ exchange: PooledExchange) {
    guard current === exchange, let connection, let context else { return }
    current = nil
    if pool.hearsService { relay.run = nil }
    guard !isOver, verdict == .keep, exchange.run.isWhole, context.channel.isActive else {
      return close(context)
    }
    carried += 1
    wasParked = true
    holder = nil
    pool.park(connection)
    exchange.released(context.channel)
    readOn()
  }

  /// The scope of the pool is over.
  func scopeEnded() {
    current?.run.update { $0.broke(.misuse, ConnectionPool.isOver) }
    if let context { close(context) }
  }

  private func close(_ context: ChannelHandlerContext) {
    isOver = true
    context.channel.close(promise: nil)
  }

  /// The socket is closed.
  private func channelClosed() {
    guard let connection else { return }
    pool.gone(connection.number)
    holder?.released(connection.channel)
    holder = nil
    self.connection = nil
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head(let head) = unwrapOutboundIn(data) { boundary.asked(head) }
    context.write(data, promise: promise)
  }

  /// Takes bytes before they are decoded: each head by itself, as the bytes behind it mean what it says.
  ///
  /// Those that nobody asked for are not decoded.
  func receive(_ bytes: ByteBuffer, decode: (ByteBuffer) -> Void) {
    var bytes = bytes
    while bytes.readableBytes > 0 {
      guard boundary.part != .late else {
        if !isOver { receivedLate(bytes.readableBytesView) }
        return
      }
      reading = bytes
      guard let end = boundary.received(bytes.readableBytesView), end < bytes.readableBytes,
        let head = bytes.readSlice(length: end)
      else { return decode(bytes) }
      decode(head)
      switch boundary.part {
      // It was an informational one, and another follows.
      case .head: break
      // What lies behind the head is counted already.
      case .body: return decode(bytes)
      case .late: return
      }
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    guard let current else { return }
    switch part {
    case .head(let head): boundary.received(head)
    case .body: break
    case .end:
      verdict = boundary.ended()
      if case .late(let count) = verdict {
        receivedLate(count.map { reading.readableBytesView.suffix($0) })
      }
    }
    hasRoom = current.run.received(part) { current.sender.sendBody() }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    reading = ByteBuffer()
    context.fireChannelReadComplete()
  }

  /// Bytes came that belong to no answer: what else comes cannot be told from an answer, so the connection is closed.
  private func receivedLate(_ bytes: ByteBufferView?) {
    isOver = true
    guard let connection, let context else { return }
    let title = lastRequest.map { ExchangeRecord(request: $0).title } ?? "the handshake"
    pool.lost(connection.number)
    pool.received(LateBytes(connection: connection.number, after: title, bytes: bytes))
    // Else the exchange that is about to end does it.
    if current == nil { close(context) }
  }

  func read(context: ChannelHandlerContext) {
    if hasRoom { context.read() } else { holdsRead = true }
  }

  /// There is room again.
  private func readOn() {
    hasRoom = true
    guard holdsRead else { return }
    holdsRead = false
    context?.read()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let (code, reason) = ConnectionFault.ofConnection(error)
    if current != nil {
      lose(code, reason)
    } else if !isOver,
      error is HTTPParserError || error is NIOHTTPDecoderError || error is WrongProtocol
    {
      // A whole message behind the answer, which the decoder has begun already.
      receivedLate(nil)
    }
    idleIsLost()
    close(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    lose(.responseCutOff, "the server closed the connection")
    idleIsLost()
    isOver = true
  }

  /// The connection is gone, and with it the exchange that it carries, unless that begins again elsewhere.
  private func lose(_ code: HTTPExchangeError.Code, _ reason: String) {
    guard let exchange = current, let connection else { return }
    current = nil
    isOver = true
    if pool.hearsService { relay.run = nil }
    // A broken record of TLS or of HTTP is no close.
    let isClose = code != .tlsFailed && code != .malformedResponse
    exchange.lost(
      code, reason,
      kept: isClose && wasParked && !boundary.hasBytes ? connection.number : nil, carried)
  }

  private func idleIsLost() {
    if let connection { pool.lost(connection.number) }
  }
}

/// The handler before the decoder of a pooled connection: sees each byte before it is decoded.
private final class PooledEdge: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private var handler: PooledHandler?

  init(_ handler: PooledHandler) {
    self.handler = handler
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    handler = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    handler?.receive(unwrapInboundIn(data)) { context.fireChannelRead(wrapInboundOut($0)) }
  }
}

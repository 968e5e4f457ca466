import NIOCore

/// The first handler of a connection that asks to leave HTTP: parts the bytes behind a 101 from its head.
///
/// It stays in front of the HTTP decoder, which never sees those bytes. To take the decoder out of the
/// pipeline instead loses them where the connection ends in the same turn of the event loop: its removal
/// is put off to the next turn, and at an end of file it drops what it holds. (swift-nio 2.101.2)
final class UpgradeHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private enum State {
    /// The bytes of a response's head that is not complete.
    case head(ByteBuffer)
    /// The answer was not 101: everything is HTTP.
    case http
    /// The answer was 101: nothing is HTTP any more.
    case switched
  }

  private static let headLimit = 1 << 17

  private var state = State.head(ByteBuffer())
  private var context: ChannelHandlerContext?
  private let onSwitch: (UpgradeHandler) -> Void
  private var receive: (@Sendable (ByteStream.Event) -> Void)?
  /// What came before there was a receiver.
  private var kept: [ByteStream.Event] = []
  private var hasEnded = false
  /// Whether this side closes the connection.
  private var isLeaving = false

  /// Makes a handler; `onSwitch` is called when a 101 has come, before the head is handed on.
  init(onSwitch: @escaping (UpgradeHandler) -> Void) {
    self.onSwitch = onSwitch
  }

  /// Makes the handler of a connection on which there is no HTTP to part from.
  init() {
    state = .switched
    onSwitch = { _ in }
  }

  /// Hands on what has come and what will come.
  func start(_ receive: @escaping @Sendable (ByteStream.Event) -> Void) {
    self.receive = receive
    for event in kept { receive(event) }
    kept = []
  }

  /// Sends bytes past the HTTP encoder.
  func write(_ bytes: [UInt8], promise: EventLoopPromise<Void>? = nil) {
    guard let context else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: promise)
  }

  /// This side closes the connection: what breaks by that is no fault of it.
  func leave() {
    isLeaving = true
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    switch state {
    case .http: context.fireChannelRead(data)
    case .switched: deliver(.bytes(ByteStream.Bytes(bytes)))
    case .head(var begun):
      begun.writeBuffer(&bytes)
      split(begun, context)
    }
  }

  private func split(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    var rest = bytes
    while let end = rest.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) {
      let length = end.upperBound - rest.readerIndex
      guard let head = rest.readSlice(length: length) else {
        preconditionFailure("a slice is longer than its buffer")
      }
      let line = String(buffer: head).prefix { $0 != "\r\n" }
      let status = line.split(separator: " ").dropFirst().first ?? ""
      if status == "101" {
        state = .switched
        onSwitch(self)
        context.fireChannelRead(wrapInboundOut(head))
        if rest.readableBytes > 0 { deliver(.bytes(ByteStream.Bytes(rest))) }
        return
      }
      context.fireChannelRead(wrapInboundOut(head))
      // Only another informational response may be followed by a 101.
      guard status.count == 3, status.hasPrefix("1") else { return leaveToHTTP(rest, context) }
    }
    if rest.readableBytes > Self.headLimit { return leaveToHTTP(rest, context) }
    state = .head(rest)
  }

  private func leaveToHTTP(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    state = .http
    if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .switched = state { deliver(.writability(context.channel.isWritable)) }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .switched = state {
      let (code, reason) = ConnectionFault.ofConnection(error)
      end(isLeaving ? .orderly : code == .connectionReset ? .reset : .broken(reason))
      context.close(promise: nil)
    } else {
      context.fireErrorCaught(error)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    switch state {
    case .switched: end(.orderly)
    case .head(let begun): leaveToHTTP(begun, context)
    case .http: break
    }
    context.fireChannelInactive()
  }

  private func end(_ end: ByteStream.End) {
    guard !hasEnded else { return }
    hasEnded = true
    deliver(.ended(end))
  }

  private func deliver(_ event: ByteStream.Event) {
    if let receive { receive(event) } else { kept.append(event) }
  }
}

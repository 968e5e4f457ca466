import NIOCore

/// The two directions of a connection that has left HTTP.
package final class ByteStream: Sendable {
  /// What comes in.
  package enum Event: Sendable {
    /// Bytes, in order.
    case bytes([UInt8])
    /// The connection is gone: nil after an end in good order, or why it broke. Nothing follows.
    case closed((any Error)?)
  }

  private let channel: any Channel
  private let handler: NIOLoopBound<ByteStreamHandler>

  init(channel: any Channel, handler: ByteStreamHandler) {
    self.channel = channel
    self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
  }

  /// Hands what has come and what will come to the receiver, on one thread, in order.
  ///
  /// Until then everything is kept: the first bytes often come along with the answer to the upgrade.
  package func start(_ receive: @escaping @Sendable (Event) -> Void) {
    channel.eventLoop.execute { self.handler.value.start(receive) }
  }

  /// Sends bytes; calls that come one after the other keep their order, from any thread.
  package func write(_ bytes: [UInt8]) {
    // Also on the event loop itself, where a direct write would overtake one that waits there.
    channel.eventLoop.execute { [channel] in
      channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }
  }

  /// Closes the connection after what was written before has been handed to the operating system.
  package func close() {
    channel.eventLoop.execute { [channel] in channel.close(promise: nil) }
  }

  /// Waits until the socket is closed.
  package func closed() async {
    await withCheckedContinuation { continuation in
      channel.closeFuture.whenComplete { _ in continuation.resume() }
    }
  }
}

/// Keeps what comes until somebody receives it.
final class ByteStreamHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private var receive: (@Sendable (ByteStream.Event) -> Void)?
  private var kept: [ByteStream.Event] = []
  private var hasEnded = false

  func start(_ receive: @escaping @Sendable (ByteStream.Event) -> Void) {
    self.receive = receive
    for event in kept { receive(event) }
    kept = []
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    deliver(.bytes(Array(unwrapInboundIn(data).readableBytesView)))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(nil)
  }

  private func end(_ error: (any Error)?) {
    guard !hasEnded else { return }
    hasEnded = true
    deliver(.closed(error))
  }

  private func deliver(_ event: ByteStream.Event) {
    if let receive { receive(event) } else { kept.append(event) }
  }
}

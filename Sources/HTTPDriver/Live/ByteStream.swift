import NIOCore

/// The two directions of a connection that has left HTTP.
package final class ByteStream: Sendable {
  /// What comes in.
  package enum Event: Sendable {
    /// Bytes, in order.
    case bytes([UInt8])
    /// The connection is gone, and nothing follows.
    case ended(End)
  }

  /// How a connection went.
  package enum End: Sendable, Hashable {
    /// The peer closed it in good order, or this side did.
    case orderly
    /// The peer reset it.
    case reset
    /// It broke in another way.
    case broken(String)
  }

  private let channel: any Channel
  private let handler: NIOLoopBound<UpgradeHandler>

  init(channel: any Channel, handler: UpgradeHandler) {
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
    channel.eventLoop.execute { self.handler.value.write(bytes) }
  }

  /// Closes the connection, once what was written before has been tried; what a slow peer leaves no room for
  /// is dropped.
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

package import NIOCore

/// Stands between a socket and what encrypts its bytes, and does nothing there: by it a connection is closed past TLS,
/// which would wait for the peer's goodbye.
package final class SocketEnd: ChannelInboundHandler {
  package typealias InboundIn = NIOAny

  /// Makes one, which must be the first handler of its channel.
  package init() {}
}

extension Channel {
  /// Closes the connection: TLS says goodbye, and nothing is waited for; to be called on the event loop.
  func closeAtOnce() {
    close(promise: nil)
    socketEnd?.close(promise: nil)
  }

  /// Closes the socket without a word from TLS; to be called on the event loop.
  func closeSocket() {
    if let socketEnd { socketEnd.close(promise: nil) } else { close(promise: nil) }
  }

  private var socketEnd: ChannelHandlerContext? {
    try? pipeline.syncOperations.context(handlerType: SocketEnd.self)
  }
}

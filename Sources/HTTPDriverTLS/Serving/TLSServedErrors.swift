#if TLS
  import NIOCore

  /// Says in our words what breaks a served connection.
  final class TLSServedErrors: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.fireErrorCaught(TLSFault(of: error, by: "client") ?? error)
    }
  }
#endif

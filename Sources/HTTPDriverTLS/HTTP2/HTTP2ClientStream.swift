#if TLS
  import HTTPDriver
  import NIOCore
  import NIOHTTP1
  import NIOHTTP2

  /// Stands behind NIO's translation of a stream into parts of messages, and tells nothing that was not sent.
  final class HTTP2ClientStream: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let session: HTTP2Session
    private var hasEnded = false
    /// Whether its end waits to be told, until it is known who ended it.
    private var isHeld = false

    init(session: HTTP2Session) {
      self.session = session
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(var head):
        // The translation adds it; in HTTP/2 there is none (RFC 9113, section 8.2.2).
        head.headers.remove(name: "transfer-encoding")
        context.fireChannelRead(wrapInboundOut(.head(head)))
      case .body: context.fireChannelRead(data)
      case .end:
        hasEnded = true
        context.fireChannelRead(data)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      // What NIO closes a stream with after its end is no news.
      guard !hasEnded else { return }
      if let fault = session.fault { return context.fireErrorCaught(fault) }
      switch error {
      case let closed as NIOHTTP2Errors.StreamClosed:
        isHeld = true
        let stream = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        session.hold { malformed in
          let (stream, context) = stream.value
          stream.isHeld = false
          context.fireErrorCaught(malformed ?? HTTP2Fault(reset: closed.errorCode))
          context.fireChannelInactive()
        }
      case is ChannelError: context.fireErrorCaught(error)
      default:
        // NIO tells the connection of it too.
        session.hold { _ in }
        context.fireErrorCaught(HTTP2Fault(malformed: error))
      }
    }

    func channelInactive(context: ChannelHandlerContext) {
      guard !isHeld else { return }
      if !hasEnded, let fault = session.fault { context.fireErrorCaught(fault) }
      context.fireChannelInactive()
    }
  }
#endif

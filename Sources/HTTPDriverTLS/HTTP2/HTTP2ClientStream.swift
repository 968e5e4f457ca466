#if TLS
  import HTTPDriver
  import NIOCore
  import NIOHTTP1
  import NIOHTTP2

  /// Stands behind NIO's translation of a stream into parts of messages, and tells nothing that was not sent.
  final class HTTP2ClientStream: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let frames: HTTP2ClientFrames

    init(frames: HTTP2ClientFrames) {
      self.frames = frames
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(var head) = unwrapInboundIn(data) else {
        return context.fireChannelRead(data)
      }
      // The translation adds them; in HTTP/2 there is no transfer coding (RFC 9113, section 8.2.2).
      head.headers.remove(name: "transfer-encoding")
      if head.status.code >= 200, !frames.hasContentLength {
        head.headers.remove(name: "content-length")
      }
      context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      // What the frames told is in our words; the rest is the translation's own, mostly of requests.
      guard error is any NIOHTTP2Error else { return context.fireErrorCaught(error) }
      context.fireErrorCaught(HTTP2Fault(unsendable: error) ?? HTTP2Fault(malformed: error))
    }
  }
#endif

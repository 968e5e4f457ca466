#if TLS
  import NIOCore
  import NIOHPACK
  import NIOHTTP1
  import NIOHTTP2
  import NIOSSL

  /// Stands behind NIO's translation of a served stream: the request as HTTP/1.1 would have it, and no field that the
  /// client did not send.
  final class HTTP2ServedStream: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let frames: HTTP2ServedFrames

    init(frames: HTTP2ServedFrames) {
      self.frames = frames
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(var head) = unwrapInboundIn(data) else {
        return context.fireChannelRead(data)
      }
      head.headers.remove(name: "transfer-encoding")
      if !frames.hasContentLength { head.headers.remove(name: "content-length") }
      head.version = .http1_1
      context.fireChannelRead(wrapInboundOut(.head(head)))
    }
  }

  /// Stands before NIO's translation of a served stream: remembers what the client sent, and resets the stream with
  /// INTERNAL_ERROR where the service closes it before its answer is complete.
  ///
  /// NIO would say CANCEL, which means that the other side lost its interest. Source: RFC 9113, section 7.
  final class HTTP2ServedFrames: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// Whether the request's head had a `content-length`; NIO's translation adds one where none came.
    private(set) var hasContentLength = false
    private var hasHead = false
    private var hasEnded = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      if !hasHead, case .headers(let headers) = unwrapInboundIn(data) {
        hasHead = true
        hasContentLength = headers.headers.contains(name: "content-length")
      }
      context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      switch unwrapOutboundIn(data) {
      case .headers(let headers): hasEnded = hasEnded || headers.endStream
      case .data(let data): hasEnded = hasEnded || data.endStream
      default: break
      }
      context.write(data, promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
      if !hasEnded, context.channel.isActive {
        hasEnded = true
        context.writeAndFlush(wrapOutboundOut(.rstStream(.internalError)), promise: nil)
      }
      context.close(mode: mode, promise: promise)
    }
  }

  /// Closes a served connection that is no HTTP/2 or breaks below it.
  ///
  /// The faults of streams come here too, and end nothing but their stream; after those of the connection NIO has said
  /// GOAWAY, and the client closes.
  final class HTTP2ServedErrors: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      switch error {
      case is NIOHTTP2Errors.BadClientMagic, is NIOHTTP2Errors.UnableToParseFrame, is NIOSSLError,
        is IOError:
        context.close(promise: nil)
      default: break
      }
    }
  }
#endif

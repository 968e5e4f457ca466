#if TLS
  import HTTPDriver
  import NIOCore
  import NIOHPACK
  import NIOHTTP2

  /// Stands before NIO's translation of a client's stream: lets no answer through that the translation or the exchange
  /// could not take, and says in our words why the stream ends.
  final class HTTP2ClientFrames: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let session: HTTP2Session
    private var context: ChannelHandlerContext?
    private var answer = HTTP2Answer()
    /// Whether the request has left to its end.
    private var hasSentEnd = false
    /// What the server reset the stream with.
    private var reset: HTTP2Fault?
    /// Whether its end was told, or is none of the server's.
    private var isOver = false
    /// Whether its end waits to be told, until it is known who ended it.
    private var isHeld = false

    init(session: HTTP2Session) {
      self.session = session
    }

    /// Whether the answer's head had a `content-length`.
    var hasContentLength: Bool { answer.hasContentLength }

    func handlerAdded(context: ChannelHandlerContext) {
      self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
      self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard !isOver else { return }
      switch unwrapInboundIn(data) {
      case .headers(let headers):
        let statuses = headers.headers[":status"]
        if let fault = answer.received(
          status: statuses.first,
          hasContentLength: headers.headers.contains(name: "content-length"),
          isLast: headers.endStream)
        {
          return fail(with: fault)
        }
      case .data(let data): answer.receivedData(isLast: data.endStream)
      case .rstStream(let code): reset = HTTP2Fault(reset: code)
      default: break
      }
      context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      let written = promise ?? context.eventLoop.makePromise()
      let stream = NIOLoopBound(self, eventLoop: context.eventLoop)
      // Of what NIO refuses to send this is told first, and in some cases alone.
      written.futureResult.whenFailure { stream.value.refused($0) }
      let isLast =
        switch unwrapOutboundIn(data) {
        case .headers(let headers): headers.endStream
        case .data(let data): data.endStream
        default: false
        }
      if isLast { written.futureResult.whenSuccess { stream.value.hasSentEnd = true } }
      context.write(data, promise: written)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
      isOver = true
      // NIO closes a stream by itself that has ended in both directions, and would reset it here: RFC 9113, section 5.1.
      guard !answer.hasEnded || !hasSentEnd else {
        return context.channel.closeFuture.cascade(to: promise)
      }
      context.close(mode: mode, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      let isOver = isOver || answer.hasEnded
      switch error {
      case let closed as NIOHTTP2Errors.StreamClosed:
        // What NIO closes a stream with after its end is no news.
        guard !isOver else { return }
        if let fault = reset ?? session.fault ?? session.goAwayFault(of: closed.streamID) {
          return fail(with: fault)
        }
        wait(for: closed.errorCode)
      case is any NIOHTTP2Error:
        // NIO tells the connection of it next.
        session.ignoreNextError()
        if !isOver { fail(with: HTTP2Fault(unsendable: error) ?? HTTP2Fault(malformed: error)) }
      default:
        if !isOver { context.fireErrorCaught(session.fault ?? error) }
      }
    }

    func channelInactive(context: ChannelHandlerContext) {
      guard !isHeld else { return }
      if !isOver, !answer.hasEnded, let fault = session.ending { fail(with: fault) }
      context.fireChannelInactive()
    }

    /// NIO has ended the stream by itself, and the connection hears why in the same turn of the event loop.
    ///
    /// Where it ended all streams, the connection breaks; else it hears what broke a rule on this one, without the
    /// stream's number. (swift-nio-http2 1.46.0)
    private func wait(for code: NIOHTTP2::HTTP2ErrorCode) {
      isHeld = true
      let stream = NIOLoopBound(self, eventLoop: session.eventLoop)
      if code == .cancel {
        session.eventLoop.execute { stream.value.tellEnd(HTTP2Fault(reset: code), nil) }
      } else {
        session.hold { stream.value.tellEnd(HTTP2Fault(reset: code), $0) }
      }
    }

    private func tellEnd(_ reset: HTTP2Fault, _ malformed: HTTP2Fault?) {
      isHeld = false
      guard let context else { return }
      fail(with: malformed ?? session.ending ?? reset)
      context.fireChannelInactive()
    }

    private func refused(_ error: any Error) {
      guard !isOver, !answer.hasEnded, error is any NIOHTTP2Error,
        // Of these the stream hears as well.
        !(error is NIOHTTP2Errors.StreamClosed || error is NIOHTTP2Errors.IOOnClosedConnection)
      else { return }
      fail(with: HTTP2Fault(unsendable: error) ?? session.ending ?? HTTP2Fault(unsent: error))
    }

    private func fail(with fault: HTTP2Fault) {
      guard !isOver else { return }
      isOver = true
      context?.fireErrorCaught(fault)
    }
  }
#endif

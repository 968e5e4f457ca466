#if TLS
  import Foundation
  import HTTPDriver
  import NIOCore
  import NIOHTTP2

  /// The last handler of a client's HTTP/2 connection: remembers why it ends, and ends its streams first.
  ///
  /// All of it happens on the connection's event loop.
  final class HTTP2Session: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    let eventLoop: any EventLoop
    /// Why the connection broke; the first reason stays.
    private(set) var fault: HTTP2Fault?
    /// What the server said last of the connection's end, and the last stream that it still serves.
    private var goAway: (last: HTTP2StreamID, fault: HTTP2Fault)?
    /// Errors that a stream has told already, and that come to the connection too.
    private var ignored = 0
    private var multiplexer: NIOHTTP2Handler.StreamMultiplexer?
    private var held: [(HTTP2Fault?) -> Void] = []
    private var streams: [ObjectIdentifier: any Channel] = [:]

    private init(eventLoop: any EventLoop) {
      self.eventLoop = eventLoop
    }

    /// Why there is no connection any more.
    var ending: HTTP2Fault? { fault ?? goAway?.fault }

    /// Why the server does not serve this stream; nil where it said that it does.
    ///
    /// Source: RFC 9113, section 6.8.
    func goAwayFault(of stream: HTTP2StreamID) -> HTTP2Fault? {
      guard let goAway, stream > goAway.last else { return nil }
      return goAway.fault
    }

    /// Adds HTTP/2 to a channel, on its event loop; without TLS nobody has agreed on it, so the first bytes are looked at.
    static func begin(on channel: any Channel, scheme: String) throws -> HTTP2Session {
      let session = HTTP2Session(eventLoop: channel.eventLoop)
      let operations = channel.pipeline.syncOperations
      if scheme == "http" { try operations.addHandler(FirstBytes(expecting: .http2)) }
      var connection = NIOHTTP2Handler.ConnectionConfiguration()
      // Nothing that a server may push is asked for.
      connection.initialSettings =
        nioDefaultSettings + [
          HTTP2Setting(parameter: .enablePush, value: 0)
        ]
      var streams = NIOHTTP2Handler.StreamConfiguration()
      // Each answers a request of the test, which may make as many as it likes on one connection.
      streams.streamResetFrameRateLimit.maximumCount = 1_000_000
      session.multiplexer = try operations.configureHTTP2Pipeline(
        mode: .client, connectionConfiguration: connection, streamConfiguration: streams
      ) { stream in
        stream.close()
      }
      try operations.addHandler(session)
      return session
    }

    /// Opens a stream that carries NIO's parts of messages; `opened` and `connected` as for a connector.
    func open(
      scheme: String, opened: @escaping @Sendable (any Channel) -> Void,
      connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void,
      on channel: any Channel
    ) {
      guard let multiplexer else { preconditionFailure("a stream was opened before the session") }
      let session = NIOLoopBound(self, eventLoop: channel.eventLoop)
      let promise = channel.eventLoop.makePromise(of: (any Channel).self)
      multiplexer.createStreamChannel(promise: promise) { stream in
        stream.eventLoop.makeCompletedFuture {
          session.value.add(stream)
          opened(stream)
          let frames = HTTP2ClientFrames(session: session.value)
          try stream.pipeline.syncOperations.addHandlers(
            frames,
            HTTP2FramePayloadToHTTP1ClientCodec(httpProtocol: scheme == "https" ? .https : .http),
            HTTP2ClientStream(frames: frames))
        }
      }
      promise.futureResult.whenComplete { result in
        connected(result.mapError { session.value.ending ?? $0 })
      }
    }

    private func add(_ stream: any Channel) {
      let id = ObjectIdentifier(stream)
      streams[id] = stream
      let session = NIOLoopBound(self, eventLoop: stream.eventLoop)
      stream.closeFuture.whenComplete { _ in session.value.streams[id] = nil }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      // Only frames of the connection come here, those of streams go to their channels.
      if case .goAway(let last, let code, let debug) = unwrapInboundIn(data).payload {
        goAway = (last, HTTP2Fault(goAway: code, debug: debug))
      }
    }

    /// Keeps what a stream has to say of its end until the connection hears what broke a rule on it.
    ///
    /// NIO resets such a stream, and tells the connection right after. (swift-nio-http2 1.46.0)
    func hold(_ end: @escaping (_ malformed: HTTP2Fault?) -> Void) {
      held.append(end)
      guard held.count == 1 else { return }
      let session = NIOLoopBound(self, eventLoop: eventLoop)
      eventLoop.execute { session.value.release(nil) }
    }

    /// The next error is that of one stream, which has told it.
    func ignoreNextError() {
      ignored += 1
    }

    private func release(_ malformed: HTTP2Fault?) {
      let ends = held
      held = []
      for end in ends { end(malformed) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
      release(nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      let endsConnection = HTTP2Fault.endsConnection(error)
      if ignored > 0, !endsConnection {
        ignored -= 1
        return
      }
      guard held.isEmpty || endsConnection else { return release(HTTP2Fault(malformed: error)) }
      // The streams that the server still serves go on.
      if error is NIOHTTP2Errors.NoSuchStream || error is NIOHTTP2Errors.CreatedStreamAfterGoaway {
        return
      }
      fault = fault ?? Self.fault(of: error)
      // What waits to know why it ends hears of this.
      release(nil)
      context.close(promise: nil)
    }

    private static func fault(of error: any Error) -> HTTP2Fault? {
      if let fault = error as? any DescribedFault {
        return HTTP2Fault(code: fault.code, reason: fault.reason)
      }
      if let error = error as? IOError { return HTTP2Fault(of: error) }
      return HTTP2Fault(malformed: error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
      // So that the server hears RST_STREAM with CANCEL, rather than of a connection that broke.
      for stream in streams.values { stream.close(promise: nil) }
      context.close(mode: mode, promise: promise)
    }
  }

  extension HTTP2Fault {
    init(code: HTTPExchangeError.Code, reason: String) {
      self.code = code
      self.reason = reason
    }

    /// The connection broke below HTTP/2.
    init?(of error: IOError) {
      guard error.errnoCode == ECONNRESET else { return nil }
      self.init(code: .connectionReset, reason: "the server reset the connection")
    }
  }
#endif

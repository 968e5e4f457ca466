import HTTPTypes
import NIOCore
import NIOHTTP1

/// Puts a handler behind HTTP/1.1: one task for each request, and a body that is read as the handler asks.
final class HandlerConnection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let handler: HTTPHandler
  private let scheme: String
  private let watch: ServiceWatch
  private var context: ChannelHandlerContext?
  private var request: ServedRequest?
  private var state = ServedConnectionState()
  private var hasRoom = true
  private var holdsRead = false

  init(handler: @escaping HTTPHandler, scheme: String = "http", watch: ServiceWatch) {
    self.handler = handler
    self.scheme = scheme
    self.watch = watch
  }

  /// Adds the handlers of a server to a channel, on its event loop.
  static func furnish(
    _ channel: any Channel, handler: @escaping HTTPHandler, scheme: String = "http",
    watch: ServiceWatch = ServiceWatch()
  ) throws {
    // How answers are framed is decided by `ReplyFraming`; the encoder would write the bodies of HEAD and 204.
    var encoding = HTTPResponseEncoder.Configuration()
    encoding.automaticallySetFramingHeaders = false
    // NIO's own answer to nonsense may follow the last answer of a connection, which traps.
    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
      withErrorHandling: false, withEncoderConfiguration: encoding)
    try channel.pipeline.syncOperations.addHandler(
      HandlerConnection(handler: handler, scheme: scheme, watch: watch))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      state.requestBegan()
      serve(head, context.channel)
    case .body(let buffer):
      hasRoom = request?.pipe.push(Array(buffer.readableBytesView)) ?? true
    case .end(let trailers):
      state.requestEnded()
      request?.finish(trailers: trailers.flatMap(HTTPFields.init(_:)) ?? [:])
      // Whoever reads this body tells no more of room.
      readOn()
    }
  }

  func read(context: ChannelHandlerContext) {
    if hasRoom { context.read() } else { holdsRead = true }
  }

  func channelInactive(context: ChannelHandlerContext) {
    request?.cancel()
    request = nil
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    // A handler may answer when the connection has done so in its place.
    guard !state.isRefused else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.code >= 200:
      state.answerBegan(isLast: head.headers["connection"].contains("close"))
    case .head, .body: break
    case .end: state.answerEnded()
    }
    context.write(data, promise: promise)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
    switch state.receivedNonsense() {
    case .ignore: break
    case .close: context.close(promise: nil)
    case .refuse:
      request?.cancel()
      request = nil
      writeRefusal(error == .invalidVersion ? .httpVersionNotSupported : .badRequest, context)
      context.close(promise: nil)
    }
  }

  private func readOn() {
    hasRoom = true
    guard holdsRead else { return }
    holdsRead = false
    context?.read()
  }

  private func serve(_ head: HTTPRequestHead, _ channel: any Channel) {
    request = nil
    if let refusal = Self.refusal(of: head) { return refuse(refusal, channel) }
    guard let method = HTTPRequest.Method(head.method.rawValue),
      let fields = HTTPFields(head.headers)
    else { return refuse(.badRequest, channel) }
    let served = ServedRequest(
      HTTPRequest(
        method: method, scheme: scheme, authority: head.headers.first(name: "host"),
        path: head.uri, headerFields: fields),
      isHTTP10: head.version.minor == 0, channel: channel)
    let loopBound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    served.pipe.whenRoom { channel.eventLoop.execute { loopBound.value.readOn() } }
    request = served
    hasRoom = true
    served.start(handler, watch.forRequest)
  }

  /// What a request is answered with that no handler gets to see; nil for any other.
  ///
  /// Source: RFC 9112, section 3.2, for `Host`, and RFC 9110, section 15.6.6, for the version.
  static func refusal(of head: HTTPRequestHead) -> HTTPResponseStatus? {
    guard head.version.major == 1 else { return .httpVersionNotSupported }
    let hosts = head.headers["host"].count
    return hosts > 1 || hosts == 0 && head.version.minor > 0 ? .badRequest : nil
  }

  /// Answers, and closes the connection when the request has come to its end.
  private func refuse(_ status: HTTPResponseStatus, _ channel: any Channel) {
    guard let context else { return }
    hasRoom = true
    state.refused()
    channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    writeRefusal(status, context)
  }

  private func writeRefusal(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
    let head = HTTPResponseHead(
      version: .http1_1, status: status, headers: ["Content-Length": "0", "Connection": "close"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

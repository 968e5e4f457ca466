import HTTPTypes
import NIOCore
import NIOHTTP1

/// Puts a handler behind HTTP/1.1: one task for each request, and a body that is read as the handler asks.
final class HandlerConnection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let handler: HTTPHandler
  private let watch: ServiceWatch
  private var context: ChannelHandlerContext?
  private var request: ServedRequest?
  private var hasRoom = true
  private var holdsRead = false

  private init(handler: @escaping HTTPHandler, watch: ServiceWatch) {
    self.handler = handler
    self.watch = watch
  }

  /// Adds the handlers of a server to a channel, on its event loop.
  static func furnish(
    _ channel: any Channel, handler: @escaping HTTPHandler, watch: ServiceWatch = ServiceWatch()
  ) throws {
    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
    try channel.pipeline.syncOperations.addHandler(
      HandlerConnection(handler: handler, watch: watch))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): serve(head, context.channel)
    case .body(let buffer):
      hasRoom = request?.pipe.push(Array(buffer.readableBytesView)) ?? true
    case .end(let trailers):
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

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func readOn() {
    hasRoom = true
    guard holdsRead else { return }
    holdsRead = false
    context?.read()
  }

  private func serve(_ head: HTTPRequestHead, _ channel: any Channel) {
    guard let method = HTTPRequest.Method(head.method.rawValue),
      let fields = HTTPFields(head.headers)
    else { return channel.close(promise: nil) }
    let served = ServedRequest(
      HTTPRequest(
        method: method, scheme: "http", authority: head.headers.first(name: "host"),
        path: head.uri, headerFields: fields),
      channel: channel)
    let loopBound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    served.pipe.whenRoom { channel.eventLoop.execute { loopBound.value.readOn() } }
    request = served
    hasRoom = true
    served.start(handler, watch)
  }
}

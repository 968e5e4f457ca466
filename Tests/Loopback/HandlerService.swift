import HTTPDriver
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Puts a handler behind HTTP/1.1: one task for each request.
final class HandlerService: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let handler: HTTPHandler
  private var body: AsyncThrowingStream<[UInt8], any Error>.Continuation?
  private var task: Task<Void, Never>?

  init(handler: @escaping HTTPHandler) {
    self.handler = handler
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
      body = continuation
      serve(head, .stream(stream), context.channel)
    case .body(let buffer): body?.yield(Array(buffer.readableBytesView))
    case .end: body?.finish()
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    body?.finish(throwing: CancellationError())
    task?.cancel()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func serve(_ head: HTTPRequestHead, _ body: HTTPBody, _ channel: any Channel) {
    var request = HTTPRequest(
      method: .init(head.method.rawValue) ?? .get, scheme: "http",
      authority: head.headers.first(name: "host"), path: head.uri)
    for (name, value) in head.headers {
      guard let name = HTTPField.Name(name) else { continue }
      request.headerFields.append(HTTPField(name: name, value: value))
    }
    task = Task { [handler, request] in
      do {
        let reply = try await handler(request, body)
        var headers = HTTPHeaders(reply.head.headerFields.map { ($0.name.rawName, $0.value) })
        if let length = reply.body.length, !headers.contains(name: "content-length") {
          headers.add(name: "Content-Length", value: String(length))
        }
        let status = HTTPResponseStatus(
          statusCode: reply.head.status.code, reasonPhrase: reply.head.status.reasonPhrase)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        try await channel.writeAndFlush(HTTPServerResponsePart.head(head)).get()
        for try await piece in reply.body where request.method != .head {
          let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: piece)))
          try await channel.writeAndFlush(part).get()
        }
        try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
      } catch {
        channel.close(promise: nil)
      }
    }
  }
}

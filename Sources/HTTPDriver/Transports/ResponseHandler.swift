import HTTPTypes
import NIOCore
import NIOHTTP1

/// The last handler of the pipeline: tells the exchange what the connection brings.
///
/// Where the body is handed on, it lets the connection read only while there is room.
final class ResponseHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart

  private let run: ExchangeRun
  private let sendBody: () -> Void
  private var context: ChannelHandlerContext?
  private var hasRoom = true
  private var holdsRead = false

  init(run: ExchangeRun, sendBody: @escaping () -> Void) {
    self.run = run
    self.sendBody = sendBody
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    hasRoom = run.received(unwrapInboundIn(data), sendBody: sendBody)
  }

  func read(context: ChannelHandlerContext) {
    if hasRoom { context.read() } else { holdsRead = true }
  }

  /// There is room again.
  func readOn() {
    hasRoom = true
    guard holdsRead else { return }
    holdsRead = false
    context?.read()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let (code, reason) = ConnectionFault.ofConnection(error)
    run.update { assembly in
      if code == .responseCutOff { assembly.closed(reason) } else { assembly.broke(code, reason) }
    }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    run.update { $0.closed() }
  }
}

extension ExchangeRun {
  /// Takes in a part of the response; false when the connection should wait for room before it reads on.
  func received(_ part: HTTPClientResponsePart, sendBody: () -> Void) -> Bool {
    switch part {
    case .head(let head):
      guard let response = HTTPResponse(head) else {
        update {
          $0.broke(.malformedResponse, "the status or the name of a header field is impossible")
        }
        return true
      }
      switch update({ $0.received(response, at: .now) }) {
      case .none: break
      case .sendBody: sendBody()
      }
    case .body(let buffer): return received(Array(buffer.readableBytesView))
    case .end(let trailers):
      let fields = trailers.flatMap(HTTPFields.init(_:)) ?? [:]
      update { $0.receivedEnd(trailers: fields, at: .now) }
    }
    return true
  }
}

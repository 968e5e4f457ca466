import HTTPTypes
import NIOCore
import NIOHTTP1

/// The last handler of the pipeline: tells the exchange what the connection brings.
final class ResponseHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let run: ExchangeRun

  init(run: ExchangeRun) {
    self.run = run
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      guard let response = HTTPResponse(head) else {
        return run.update { $0.broke(.malformedResponse, "a header field has an impossible name") }
      }
      run.update { $0.received(response, at: .now) }
    case .body(let buffer):
      run.update { $0.received(Array(buffer.readableBytesView)) }
    case .end: run.update { $0.receivedEnd(at: .now) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let (code, reason) = ConnectionFault.ofConnection(error)
    if code == .responseCutOff { run.update { $0.closed() } }
    run.update { $0.broke(code, reason) }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    run.update { $0.closed() }
  }
}

extension HTTPRequestHead {
  /// The request line and fields as HTTP/1.1 writes them.
  init(_ request: HTTPRequest) {
    var headers = HTTPHeaders()
    headers.reserveCapacity(request.headerFields.count + 1)
    let names = request.headerFields.lazy.map(\.name.canonicalName)
    if let authority = request.authority, !names.contains("host") {
      headers.add(name: "Host", value: authority)
    }
    for field in request.headerFields {
      headers.add(name: field.name.rawName, value: field.value)
    }
    self.init(
      version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue),
      uri: request.path ?? "/", headers: headers)
  }
}

extension HTTPResponse {
  /// The head as it came; nil where a field's name is no token.
  init?(_ head: HTTPResponseHead) {
    var fields = HTTPFields()
    for (name, value) in head.headers {
      guard let name = HTTPField.Name(name) else { return nil }
      fields.append(HTTPField(name: name, value: value))
    }
    self.init(
      status: Status(code: Int(head.status.code), reasonPhrase: head.status.reasonPhrase),
      headerFields: fields)
  }
}

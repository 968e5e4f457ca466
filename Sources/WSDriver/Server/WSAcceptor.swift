import HTTPDriver
import HarnessLock
import HarnessReporting
import HarnessWebSocket

/// The shell of a connection that may become a WebSocket: gathers the request's head, answers it, and hands what
/// follows to the WebSocket.
final class WSAcceptor: Sendable {
  private enum State: Sendable {
    /// The bytes of a head that is not complete.
    case head([UInt8])
    case open(WSConnection)
    /// Refused, or gone.
    case ended
  }

  private static let headLimit = 1 << 16

  private let stream: ByteStream
  private let options: WSServer.Options
  private let reporter: Reporter
  private let onOpen: @Sendable (WSConnection) -> Void
  // Touched on the connection's own thread alone; the lock is for the compiler.
  private let state = Lock(State.head([]))

  init(
    _ stream: ByteStream, _ options: WSServer.Options, reporter: Reporter,
    onOpen: @escaping @Sendable (WSConnection) -> Void
  ) {
    self.stream = stream
    self.options = options
    self.reporter = reporter
    self.onOpen = onOpen
  }

  /// Begins to take in what the client sends.
  func start() {
    stream.start { [self] event in take(event) }
  }

  private func take(_ event: ByteStream.Event) {
    switch (state.withLock { $0 }, event) {
    case (.open(let connection), _): connection.take(event)
    case (.head(let begun), .bytes(let bytes)): read(begun + bytes)
    case (.head, .ended): state.withLock { $0 = .ended }
    case (.head, .writability), (.ended, _): break
    }
  }

  private func read(_ bytes: [UInt8]) {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else {
      if bytes.count > Self.headLimit {
        refuse(.init(code: 431), [:], Array("the head has more than \(Self.headLimit) bytes".utf8))
      } else {
        state.withLock { $0 = .head(bytes) }
      }
      return
    }
    let request: HTTPRequest
    let accepted: WSServerHandshake
    do throws(WSRequestFault) {
      request = try WSServerHandshake.parse(bytes[..<end])
      accepted = try WSServerHandshake(
        request, subprotocols: options.subprotocols, compression: options.socket.compression)
    } catch {
      return refuse(error.status, error.headers, Array(error.reason.utf8))
    }
    switch options.answer(request) {
    case .accept(let headers): open(request, accepted, headers, rest: Array(bytes[end...]))
    case .refuse(let status, let headers, let body): refuse(status, headers, body)
    case .bytes(let bytes, let ending):
      state.withLock { $0 = .ended }
      stream.write(bytes)
      switch ending {
      case .hold: break
      case .close: stream.closeOutput()
      case .reset: stream.reset()
      }
    }
  }

  private func open(
    _ request: HTTPRequest, _ handshake: WSServerHandshake, _ headers: HTTPFields, rest: [UInt8]
  ) {
    let response = handshake.response(headers)
    let context = WSContext(
      role: .server, request: request, response: response, exchange: nil, reporter: reporter,
      deflate: handshake.agreement)
    let connection = WSConnection(stream, context, options.socket)
    state.withLock { $0 = .open(connection) }
    stream.write(WSServerHandshake.bytes(of: response, body: []))
    onOpen(connection)
    if !rest.isEmpty { connection.take(.bytes(ByteStream.Bytes(rest))) }
  }

  private func refuse(_ status: HTTPResponse.Status, _ headers: HTTPFields, _ body: [UInt8]) {
    state.withLock { $0 = .ended }
    var response = HTTPResponse(status: status, headerFields: headers)
    response.headerFields[.contentLength] = "\(body.count)"
    // What the answer asks for itself goes along, as Upgrade does with 426 (RFC 9110, sections 7.8 and 15.5.22).
    response.headerFields[values: .connection] = headers[values: .connection] + ["close"]
    stream.write(WSServerHandshake.bytes(of: response, body: body))
    stream.closeOutput()
  }
}

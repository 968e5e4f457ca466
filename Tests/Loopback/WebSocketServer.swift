import HTTPTypes
package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// A client of the WebSocket server of the tests, as its behaviour sees it.
public struct WebSocketPeer: Sendable {
  let channel: any Channel

  /// The path that the client asked for.
  public let path: String

  /// Sends a text message.
  public func send(_ text: String) {
    send(.text, Array(text.utf8))
  }

  /// Sends a binary message.
  public func send(_ bytes: [UInt8]) {
    send(.binary, bytes)
  }

  /// Sends a close frame with a code and a reason.
  public func close(_ code: UInt16, _ reason: String = "") {
    send(.connectionClose, [UInt8(code >> 8), UInt8(code & 0xff)] + Array(reason.utf8))
  }

  /// Sends a close frame without a code.
  public func closeWithoutCode() {
    send(.connectionClose, [])
  }

  /// Ends the connection without a close frame.
  public func hangUp() {
    channel.close(promise: nil)
  }

  func send(_ opcode: WebSocketOpcode, _ bytes: [UInt8]) {
    let frame = WebSocketFrame(fin: true, opcode: opcode, data: ByteBuffer(bytes: bytes))
    channel.writeAndFlush(frame, promise: nil)
  }
}

/// What a WebSocket server does; its codec is NIO's, so that ours is not checked against itself.
public struct WebSocketBehaviour: Sendable {
  /// The subprotocol to choose.
  public var subprotocol: String?
  /// Paths that are refused with a 404.
  public var refuses: @Sendable (_ path: String) -> Bool = { _ in false }
  /// What happens when the handshake is over.
  public var onOpen: @Sendable (WebSocketPeer) -> Void = { _ in }
  /// What happens when a text message comes.
  public var onText: @Sendable (WebSocketPeer, String) -> Void = { _, _ in }
  /// Whether pings and close frames are answered.
  public var answersControl = true

  /// Makes a server that does nothing but answer pings and close frames.
  public init() {}
}

/// Runs `body` beside a WebSocket server.
public func withWebSocketServer<R>(
  _ behaviour: WebSocketBehaviour, _ body: (LoopbackServer) async throws -> R
) async throws -> R {
  try await withServer(
    prepare: { channel in
      channel.eventLoop.makeCompletedFuture { try addWebSocketServer(behaviour, to: channel) }
    }, body)
}

/// Serves WebSockets on a channel that carries bytes; to be called on its event loop, before it reads.
package func addWebSocketServer(_ behaviour: WebSocketBehaviour, to channel: any Channel) throws {
  let upgrader = NIOWebSocketServerUpgrader(
    maxFrameSize: 1 << 24,
    shouldUpgrade: { channel, head in
      let fields = behaviour.subprotocol.map { [("Sec-WebSocket-Protocol", $0)] } ?? []
      return channel.eventLoop.makeSucceededFuture(
        behaviour.refuses(head.uri) ? nil : HTTPHeaders(fields))
    },
    upgradePipelineHandler: { channel, head in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          WebSocketService(behaviour, WebSocketPeer(channel: channel, path: head.uri)))
      }
    })
  try channel.pipeline.syncOperations.configureHTTPServerPipeline(
    withServerUpgrade: (
      upgraders: [upgrader],
      completionHandler: { context in
        context.pipeline.removeHandler(name: RefusalHandler.name, promise: nil)
      }
    ))
  try channel.pipeline.syncOperations.addHandler(RefusalHandler(), name: RefusalHandler.name)
}

/// Answers frames as the behaviour says.
private final class WebSocketService: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let behaviour: WebSocketBehaviour
  private let peer: WebSocketPeer
  private var hasClosed = false

  init(_ behaviour: WebSocketBehaviour, _ peer: WebSocketPeer) {
    self.behaviour = behaviour
    self.peer = peer
  }

  func handlerAdded(context: ChannelHandlerContext) {
    behaviour.onOpen(peer)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    let bytes = Array(frame.unmaskedData.readableBytesView)
    switch frame.opcode {
    case .text: behaviour.onText(peer, String(decoding: bytes, as: UTF8.self))
    case .ping where behaviour.answersControl: peer.send(.pong, bytes)
    case .connectionClose where behaviour.answersControl:
      peer.send(.connectionClose, Array(bytes.prefix(2)))
      context.close(promise: nil)
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

/// Refuses what was not upgraded, with a problem document.
private final class RefusalHandler: ChannelInboundHandler, RemovableChannelHandler {
  static let name = "refusal"

  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    let problem = """
      {"type":"https://example.com/problems/unknown-operation","title":"Unknown operation","status":404}
      """
    let headers: HTTPHeaders = [
      "Content-Type": "application/problem+json", "Content-Length": "\(problem.utf8.count)",
    ]
    let head = HTTPResponseHead(version: .http1_1, status: .notFound, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: problem)))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

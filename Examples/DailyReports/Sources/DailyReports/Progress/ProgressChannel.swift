import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket
import ServiceLifecycle

/// A connection that is HTTP, unless its first request turns it into a WebSocket that tells the
/// progress of an operation.
///
/// An upgrade that cannot be granted is not refused here: it loses its `Upgrade` field and goes on as
/// the plain request that is left, so that the router answers it as it answers all others.
struct ProgressChannel: ServerChildChannel, HTTPChannelHandler {
  /// What a connection has become.
  enum Connection: Sendable {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    case progress(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, of: OperationID)
  }

  /// A connection, and what it becomes with its first request.
  struct Value: ServerChildChannelValue {
    let channel: any Channel
    let connection: EventLoopFuture<Connection>
  }

  let responder: Responder
  let journal: any ProgressJournal

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let upgrader = NIOTypedWebSocketServerUpgrader<Connection>(
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
        upgradePipelineHandler: { channel, request in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            pipeline.removeHandler(
              try pipeline.handler(type: MalformedRequestHandler.self), promise: nil)
            let socket = try NIOAsyncChannel<WebSocketFrame, WebSocketFrame>(
              wrappingChannelSynchronously: channel)
            return .progress(socket, of: UpgradeGate.operation(in: request))
          }
        })
      var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
        upgradeConfiguration: .init(upgraders: [upgrader]) { channel in
          channel.eventLoop.makeCompletedFuture {
            .http(try Self.continueWithHTTP(on: channel, logger: logger))
          }
        })
      // As Hummingbird has it for HTTP: it takes one request after the other, and answers those that
      // cannot be parsed itself.
      configuration.enablePipelining = false
      configuration.enableErrorHandling = false
      configuration.enableResponseHeaderValidation = false

      let pipeline = channel.pipeline.syncOperations
      let connection = try pipeline.configureUpgradableHTTPServerPipeline(
        configuration: configuration)
      let upgradeHandler = try pipeline.handler(
        type: NIOTypedHTTPServerUpgradeHandler<Connection>.self)
      try pipeline.addHandlers(
        MalformedRequestHandler(), UpgradeGate(journal), position: .before(upgradeHandler))
      return Value(channel: channel, connection: connection)
    }
  }

  private static func continueWithHTTP(
    on channel: any Channel, logger: Logger
  ) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
    return try NIOAsyncChannel(
      wrappingChannelSynchronously: channel,
      configuration: .init(isOutboundHalfClosureEnabled: true))
  }

  func handle(value: Value, logger: Logger) async {
    do {
      let connection = try await withTaskCancellationHandler {
        try await value.connection.waited()
      } onCancel: {
        value.channel.close(promise: nil)
      }
      switch connection {
      case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
      case .progress(let channel, let operation): try await tell(operation, over: channel)
      }
    } catch {
      logger.debug("connection ended early", metadata: ["error": "\(error)"])
      value.channel.close(promise: nil)
    }
  }

  /// Tells the progress of an operation from its beginning, and closes when all is told.
  private func tell(
    _ operation: OperationID, over channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
  ) async throws {
    try await channel.executeThenClose { inbound, outbound in
      // It was known when the upgrade was granted; journals forget.
      guard let events = journal.follow(operation) else {
        return try await outbound.write(.close(.goingAway))
      }
      let conversation = NIOLockedValueBox(ProgressConversation())
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let isComplete = try await cancelWhenGracefulShutdown {
            for await event in events {
              try await outbound.write(.text(try JSONText.encode(event)))
              if event.isTerminal { return true }
            }
            return false
          }
          // 1001 when the service stops before the operation has ended.
          let code = isComplete ? WebSocketErrorCode.normalClosure : .goingAway
          guard let close = conversation.withLockedValue({ $0.close(code) }) else { return }
          try await outbound.write(close)
          channel.channel.cutOff(after: .seconds(5))
        }
        frames: for try await frame in inbound {
          switch conversation.withLockedValue({ $0.received(frame) }) {
          case .ignore: continue
          case .answer(let answer): try await outbound.write(answer)
          case .answerAndEnd(let answer):
            try await outbound.write(answer)
            break frames
          case .end: break frames
          }
        }
        group.cancelAll()
      }
    }
  }
}

/// Lets a request pass that may become a WebSocket, and makes a plain request of any other.
///
/// NIO's own upgrade handler drops a request that it refuses, without an answer. So it gets to see none.
private final class UpgradeGate: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private let journal: any ProgressJournal

  init(_ journal: any ProgressJournal) {
    self.journal = journal
  }

  /// The operation that a request for a WebSocket names.
  static func operation(in request: HTTPRequestHead) -> OperationID {
    let path = request.uri.prefix { $0 != "?" }
    return OperationID(String(path.dropFirst("/ws/operations/".count)))
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = Self.unwrapInboundIn(data) else {
      return context.fireChannelRead(data)
    }
    if !mayUpgrade(head) { head.headers.remove(name: "Upgrade") }
    context.fireChannelRead(Self.wrapInboundOut(.head(head)))
    // Only the first request of a connection can turn it into a WebSocket.
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // The service stops, and no request has come yet that would have to be answered.
    guard event is ChannelShouldQuiesceEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    context.close(promise: nil)
  }

  /// Whether the request is a sound opening handshake for an operation that there is.
  ///
  /// Source: RFC 6455, section 4.2.1.
  private func mayUpgrade(_ request: HTTPRequestHead) -> Bool {
    let headers = request.headers
    return request.method == .GET && request.version == .http1_1
      && request.uri.hasPrefix("/ws/operations/")
      && headers[canonicalForm: "Upgrade"].map { $0.lowercased() } == ["websocket"]
      && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
      && headers["Sec-WebSocket-Version"] == ["13"]
      && headers["Sec-WebSocket-Key"].map(\.utf8.count) == [24]
      && !headers.contains(name: "Content-Length") && !headers.contains(name: "Transfer-Encoding")
      && journal.knows(Self.operation(in: request))
  }
}

/// Decides what is said on a WebSocket beside the progress itself.
///
/// Source: RFC 6455, sections 5.1 and 5.5.
private struct ProgressConversation {
  enum Action {
    case ignore
    case answer(WebSocketFrame)
    case answerAndEnd(WebSocketFrame)
    case end
  }

  private var hasClosed = false

  /// The frame that closes the conversation from this side, and nil when it was closed before.
  mutating func close(_ code: WebSocketErrorCode) -> WebSocketFrame? {
    guard !hasClosed else { return nil }
    hasClosed = true
    return .close(code)
  }

  /// Takes in a frame that the client sent.
  mutating func received(_ frame: WebSocketFrame) -> Action {
    guard frame.maskKey != nil else {
      return close(.protocolError).map(Action.answerAndEnd) ?? .end
    }
    var data = frame.unmaskedData
    switch frame.opcode {
    case .connectionClose:
      let code = data.readWebSocketErrorCode() ?? .normalClosure
      return close(code).map(Action.answerAndEnd) ?? .end
    case .ping where !hasClosed:
      return .answer(WebSocketFrame(fin: true, opcode: .pong, data: data))
    default:
      // There is nothing that a client could say here.
      return .ignore
    }
  }
}

extension WebSocketFrame {
  fileprivate static func text(_ json: Data) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: json))
  }

  fileprivate static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
  }
}

extension Channel {
  /// Ends the connection of a client that never answers the closing of its WebSocket.
  fileprivate func cutOff(after time: TimeAmount) {
    let end = eventLoop.scheduleTask(in: time) { self.close(promise: nil) }
    closeFuture.whenComplete { _ in end.cancel() }
  }
}

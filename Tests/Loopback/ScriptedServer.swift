#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import NIOCore
import NIOPosix
public import Waiters

/// What a hostile server does once it has the head of a request.
public struct ServerScript: Sendable {
  /// How it goes on after its answer.
  public enum Ending: Sendable {
    /// Leaves the connection open and says no more.
    case hold
    /// Closes the connection in good order.
    case close
    /// Sends a TCP reset.
    case reset
    /// Sends these bytes over and over, until the client is gone.
    case flood([UInt8])
  }

  /// Makes the bytes of the answer, right or wrong, of the request's head.
  public var answer: @Sendable (_ head: String) -> [UInt8]
  /// What follows it.
  public var ending: Ending

  /// Describes a server that answers with this text.
  public init(_ answer: String, then ending: Ending) {
    self.init(bytes: Array(answer.utf8), then: ending)
  }

  /// Describes a server that answers with these bytes.
  public init(bytes: [UInt8], then ending: Ending) {
    self.init(then: ending) { _ in bytes }
  }

  /// Describes a server whose answer depends on the request.
  public init(then ending: Ending, answer: @escaping @Sendable (_ head: String) -> [UInt8]) {
    self.answer = answer
    self.ending = ending
  }
}

/// What a scripted server sees of its clients.
public enum ServerSighting: Sendable, Equatable {
  /// A connection was made.
  case connected
  /// The head of a request has come.
  case requestHead(String)
  /// The client is gone.
  case disconnected
}

/// Runs `body` beside a server that follows the script on every connection.
public func withScriptedServer<R>(
  _ script: ServerScript, sightings: Mailbox<ServerSighting>? = nil,
  _ body: (LoopbackServer) async throws -> R
) async throws -> R {
  try await withServer(
    prepare: { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          ScriptHandler(script: script, sightings: sightings))
      }
    }, body)
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let script: ServerScript
  private let sightings: Mailbox<ServerSighting>?
  private var received: [UInt8] = []
  private var hasAnswered = false

  init(script: ServerScript, sightings: Mailbox<ServerSighting>?) {
    self.script = script
    self.sightings = sightings
  }

  func channelActive(context: ChannelHandlerContext) {
    sightings?.send(.connected)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += unwrapInboundIn(data).readableBytesView
    guard !hasAnswered, let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
    hasAnswered = true
    let head = String(decoding: received[..<end.upperBound], as: UTF8.self)
    sightings?.send(.requestHead(head))
    context.writeAndFlush(NIOAny(ByteBuffer(bytes: script.answer(head))), promise: nil)
    switch script.ending {
    case .hold: break
    case .close: context.close(promise: nil)
    case .reset: reset(context)
    case .flood(let bytes):
      // Much at once: the event loop serves the others only when the socket is full.
      let count = (128 << 10) / max(1, bytes.count) + 1
      flood(context.channel, ByteBuffer(bytes: repeatElement(bytes, count: count).joined()))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    sightings?.send(.disconnected)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// A socket that lingers for no time resets its connection when it is closed.
  private func reset(_ context: ChannelHandlerContext) {
    let channel = context.channel
    guard let socket = channel as? any SocketOptionProvider else {
      preconditionFailure("a TCP channel has no socket options")
    }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      channel.close(promise: nil)
    }
  }
}

/// Writes the same over and over, as fast as the client takes it.
private func flood(_ channel: any Channel, _ bytes: ByteBuffer) {
  channel.writeAndFlush(bytes).whenSuccess {
    // In a turn of its own: what is written at once would else fill the stack.
    channel.eventLoop.execute { flood(channel, bytes) }
  }
}

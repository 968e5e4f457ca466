public import HTTPDriver
import HarnessLock
import NIOCore
import NIOPosix

/// A service on a loopback port that the system assigned, for the tests of the drivers.
public struct LoopbackServer: Sendable {
  /// The address, such as `http://127.0.0.1:41234`.
  public var address: String { "http://127.0.0.1:\(port)" }
  /// The port that the system assigned.
  public let port: Int
}

/// Runs `body` beside a server that answers with the handler, in HTTP/1.1 over TCP.
public func withHTTPServer<R>(
  _ handler: @escaping HTTPHandler, _ body: (LoopbackServer) async throws -> R
) async throws -> R {
  try await withHTTPService(handler) { transport in
    guard let port = transport.name.split(separator: ":").last.flatMap({ Int($0) }) else {
      preconditionFailure("a service on TCP is called \(transport.name)")
    }
    return try await body(LoopbackServer(port: port))
  }
}

/// Runs `body` beside a server whose connections `prepare` sets up; closes all of them in the end.
func withServer<R>(
  prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>,
  _ body: (LoopbackServer) async throws -> R
) async throws -> R {
  let connections = Lock<[any Channel]>([])
  let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelInitializer { channel in
      connections.withLock { $0.append(channel) }
      return prepare(channel)
    }
    .bind(host: "127.0.0.1", port: 0).get()
  guard let port = listener.localAddress?.port else {
    preconditionFailure("a bound TCP channel has no port")
  }
  let result: Result<R, any Error>
  do {
    result = .success(try await body(LoopbackServer(port: port)))
  } catch {
    result = .failure(error)
  }
  try await listener.close()
  for channel in connections.withLock({ $0 }) {
    channel.close(promise: nil)
    await withCheckedContinuation { continuation in
      channel.closeFuture.whenComplete { _ in continuation.resume() }
    }
  }
  return try result.get()
}

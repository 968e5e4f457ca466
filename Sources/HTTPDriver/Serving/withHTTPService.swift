import Foundation
package import NIOCore
import NIOPosix

/// Where a service of this process listens.
///
/// More places may follow, so a `switch` in another package needs an `@unknown default`.
@nonexhaustive
public enum HTTPListening: Sendable, Hashable {
  /// On 127.0.0.1, on a port that the system assigns.
  case tcp
  /// On a Unix socket, by the path of a file that must not exist yet; it is removed in the end.
  case unixSocket(String)
}

/// Runs `body` beside a handler that serves HTTP/1.1 over sockets of the operating system.
///
/// The connections are accepted before `body` begins, so nothing needs to wait for the service. In the end
/// every connection is closed.
///
/// ```swift
/// try await withHTTPService(handler) { transport in
///   try await HTTPDriver(transport).get("/").expect(status: .ok)
/// }
/// ```
///
/// - Throws: What listening throws, such as a path that is taken, and what `body` throws.
public func withHTTPService<R>(
  _ handler: @escaping HTTPHandler, on listening: HTTPListening = .tcp,
  _ body: (HTTPTransport) async throws -> R
) async throws -> R {
  try await withListener(
    on: listening, furnish: { try HandlerConnection.furnish($0, handler: handler) }
  ) { target in
    switch target {
    case .tcp(let host, let port): try await body(.address("http://\(host):\(port)"))
    case .unix(let path): try await body(.unixSocket(path))
    }
  }
}

/// Runs `body` beside a listener whose connections `furnish` sets up, on their event loop, before they read; in the
/// end every connection is closed.
package func withListener<R>(
  on listening: HTTPListening, furnish: @escaping @Sendable (any Channel) throws -> Void,
  _ body: (SocketConnector.Target) async throws -> R
) async throws -> R {
  let connections = AcceptedConnections()
  let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    // Thousands of clients may come at once.
    .serverChannelOption(.backlog, value: 4_096)
    .childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try connections.add(channel)
        try furnish(channel)
      }
    }
  let listener: any Channel
  let target: SocketConnector.Target
  switch listening {
  case .tcp:
    listener =
      try await bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: 0).settled()
    guard let port = listener.localAddress?.port else {
      preconditionFailure("a bound TCP channel has no port")
    }
    target = .tcp(host: "127.0.0.1", port: port)
  case .unixSocket(let path):
    listener = try await bootstrap.bind(unixDomainSocketPath: path).settled()
    target = .unix(path: path)
  }
  let result: Result<R, any Error>
  do {
    result = .success(try await body(target))
  } catch {
    result = .failure(error)
  }
  try? await listener.close(mode: .all).settled()
  await connections.closeAll()
  if case .unixSocket(let path) = listening { removeFile(path) }
  return try result.get()
}

private func removeFile(_ path: String) {
  try? FileManager.default.removeItem(atPath: path)
}

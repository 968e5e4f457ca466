import Foundation
import HarnessLock
import NIOCore
import NIOPosix

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Takes connections of bytes, for servers that tests run in their own process.
package final class ByteListener: Sendable {
  /// How the listener is reached.
  package let transport: HTTPTransport
  /// The TCP port, which the system assigned where none was asked for; nil where there are no ports.
  package let port: Int?
  /// Whether its connections are encrypted.
  package let isSecure: Bool

  private let connections: AcceptedConnections
  private let stop: @Sendable () async -> Void

  private init(
    _ transport: HTTPTransport, port: Int?, isSecure: Bool, _ connections: AcceptedConnections,
    stop: @escaping @Sendable () async -> Void
  ) {
    self.transport = transport
    self.port = port
    self.isSecure = isSecure
    self.connections = connections
    self.stop = stop
  }

  /// Begins to listen on 127.0.0.1; `accept` is called with each connection, on its thread.
  package static func tcp(
    port: Int = 0, over security: ConnectionSecurity? = nil,
    accept: @escaping @Sendable (ByteStream) -> Void
  ) async throws -> ByteListener {
    let connections = AcceptedConnections()
    let channel = try await bootstrap(connections, security, accept)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: port).settled()
    guard let port = channel.localAddress?.port else {
      preconditionFailure("a bound TCP channel has no port")
    }
    let transport =
      security?.transport(.tcp(port: port)) ?? .address("http://127.0.0.1:\(port)")
    return ByteListener(transport, port: port, isSecure: security != nil, connections) {
      try? await channel.close(mode: .all).settled()
    }
  }

  /// Begins to listen on a Unix socket, by the path of a file that must not exist yet; the file is removed in the
  /// end.
  package static func unixSocket(
    _ path: String, over security: ConnectionSecurity? = nil,
    accept: @escaping @Sendable (ByteStream) -> Void
  ) async throws -> ByteListener {
    let connections = AcceptedConnections()
    let channel = try await bootstrap(connections, security, accept)
      .bind(unixDomainSocketPath: path).settled()
    let transport = security?.transport(.unixSocket(path)) ?? .unixSocket(path)
    return ByteListener(transport, port: nil, isSecure: security != nil, connections) {
      try? await channel.close(mode: .all).settled()
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Takes connections of this process through memory.
  package static func memory(
    over security: ConnectionSecurity? = nil, accept: @escaping @Sendable (ByteStream) -> Void
  ) -> ByteListener {
    let connections = AcceptedConnections()
    let isOpen = Lock(true)
    let take: @Sendable (any Channel, ServiceWatch) throws -> Void = { channel, _ in
      guard isOpen.withLock({ $0 }) else {
        throw IOError(errnoCode: ECONNREFUSED, reason: "connect")
      }
      try Self.take(channel, connections, security, accept)
    }
    let transport =
      security?.transport(.memory(MemoryConnector(accept: take)))
      ?? .memory(name: "memory", capabilities: .inMemory, accept: take)
    return ByteListener(transport, port: nil, isSecure: security != nil, connections) {
      isOpen.withLock { $0 = false }
    }
  }

  private static func bootstrap(
    _ connections: AcceptedConnections, _ security: ConnectionSecurity?,
    _ accept: @escaping @Sendable (ByteStream) -> Void
  ) -> ServerBootstrap {
    ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      // Thousands of clients may come at once.
      .serverChannelOption(.backlog, value: 4_096)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try take(channel, connections, security, accept)
        }
      }
  }

  /// Hands a connection on, once it is encrypted where it has to be; to be called on its event loop, before it reads.
  private static func take(
    _ channel: any Channel, _ connections: AcceptedConnections, _ security: ConnectionSecurity?,
    _ accept: @escaping @Sendable (ByteStream) -> Void
  ) throws {
    try connections.add(channel)
    guard let security else { return accept(try ByteStream(of: channel)) }
    try security.furnish(channel) { accept(try ByteStream(of: channel)) }
  }

  /// Stops to listen, and closes every connection that is left.
  package func close() async {
    await stop()
    await connections.closeAll()
  }
}

import NIOCore
import NIOPosix

/// Takes connections on a loopback port, for servers that tests run in their own process.
package final class ByteListener: Sendable {
  /// The port, which the system assigned where none was asked for.
  package let port: Int

  private let channel: any Channel
  private let connections: AcceptedConnections

  private init(channel: any Channel, port: Int, connections: AcceptedConnections) {
    self.channel = channel
    self.port = port
    self.connections = connections
  }

  /// Begins to listen on 127.0.0.1; `accept` is called with each connection, on its thread.
  package static func open(
    port: Int = 0, accept: @escaping @Sendable (ByteStream) -> Void
  ) async throws -> ByteListener {
    let connections = AcceptedConnections()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // Thousands of clients may come at once.
      .serverChannelOption(.backlog, value: 4_096)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let stream = try ByteStream(of: channel)
          try connections.add(channel)
          accept(stream)
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    guard let port = channel.localAddress?.port else {
      preconditionFailure("a bound TCP channel has no port")
    }
    return ByteListener(channel: channel, port: port, connections: connections)
  }

  /// Stops to listen, and closes every connection that is left.
  package func close() async {
    try? await channel.close()
    await connections.closeAll()
  }
}

package import NIOCore
import NIOPosix

/// Connects through the operating system: over TCP, or through the file of a Unix socket.
package struct SocketConnector: Connector {
  /// Where the service listens.
  package enum Target: Sendable, Hashable {
    case tcp(host: String, port: Int)
    case unix(path: String)
  }

  /// Where it leads.
  package let target: Target

  /// Makes a connector to a service that listens there.
  package init(target: Target) {
    self.target = target
  }

  /// `sockaddr_un.sun_path` holds 108 bytes on Linux and 104 on Darwin, with the zero at its end.
  package static let pathLimit = 103

  package var place: String {
    switch target {
    case .tcp(let host, let port):
      let name = host.contains(":") ? "[\(host)]" : host
      return port == 80 ? name : "\(name):\(port)"
    case .unix(let path): return "the socket \(path)"
    }
  }

  package func connect(
    watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
    connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
  ) {
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      // The exchange's own deadline rules; it closes the channels that are being connected.
      .connectTimeout(.hours(24))
      // A server that speaks first, as those of HTTP/2 do, would else be read before anybody listens.
      .channelOption(.autoRead, value: false)
      .channelInitializer { channel in
        opened(channel)
        return channel.eventLoop.makeSucceededVoidFuture()
      }
    let begin: @Sendable (Result<any Channel, any Error>) -> Void = { result in
      connected(result)
      if case .success(let channel) = result { _ = channel.setOption(.autoRead, value: true) }
    }
    switch target {
    case .tcp(let host, let port):
      bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .connect(host: host, port: port).whenComplete(begin)
    case .unix(let path):
      bootstrap.connect(unixDomainSocketPath: path).whenComplete(begin)
    }
  }
}

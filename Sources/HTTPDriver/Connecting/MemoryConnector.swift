package import NIOCore
import NIOPosix

/// Connects to a service of this process through memory: no port, no file, the bytes of a real connection.
package struct MemoryConnector: Connector {
  /// Furnishes the service's end of each connection, on its event loop.
  let accept: @Sendable (any Channel, ServiceWatch) throws -> Void

  /// Makes a connector to what `accept` furnishes.
  package init(accept: @escaping @Sendable (any Channel, ServiceWatch) throws -> Void) {
    self.accept = accept
  }

  package var place: String { "the service in memory" }

  package func connect(
    watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
    connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
  ) {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    loop.execute {
      let (client, server) = MemoryChannel.pair(on: loop)
      opened(client)
      do {
        // The exchange may be over before it had its turn: the service then hears nothing of it.
        guard client.isOpen else { throw ChannelError.ioOnClosedChannel }
        try accept(server, watch)
        // What furnished the service's end may have closed it, and with it the client's.
        if server.isOpen { server.activate() }
        guard client.isOpen else { throw ChannelError.ioOnClosedChannel }
        client.activate { connected(.success(client)) }
      } catch {
        client.close(promise: nil)
        server.close(promise: nil)
        connected(.failure(error))
      }
    }
  }
}

import NIOCore
import NIOPosix

/// Connects to a service of this process through memory: no port, no file, the bytes of a real connection.
struct MemoryConnector: Connector {
  /// Furnishes the service's end of each connection, on its event loop.
  let accept: @Sendable (any Channel, ServiceWatch) throws -> Void

  /// Makes a connector to what `accept` furnishes.
  init(accept: @escaping @Sendable (any Channel, ServiceWatch) throws -> Void) {
    self.accept = accept
  }

  var place: String { "the service in memory" }

  func connect(
    watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
    connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
  ) {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    loop.execute {
      let (client, server) = MemoryChannel.pair(on: loop)
      opened(client)
      do {
        try accept(server, watch)
        server.activate()
        client.activate { connected(.success(client)) }
      } catch {
        client.close(promise: nil)
        server.close(promise: nil)
        connected(.failure(error))
      }
    }
  }
}

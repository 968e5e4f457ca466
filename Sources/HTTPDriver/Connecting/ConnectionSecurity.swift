package import NIOCore

/// What encrypts the connections of a server in the test's own process.
///
/// The product `HTTPDriverTLS` makes it, `ConnectionSecurity.tls(by:)`; whoever takes one needs no TLS library for it.
public struct ConnectionSecurity: Sendable {
  /// What a driver is to connect to.
  package enum Reach: Sendable {
    /// A port of 127.0.0.1.
    case tcp(port: Int)
    /// The path of a Unix socket.
    case unixSocket(String)
    case memory(MemoryConnector)
  }

  /// Furnishes a connection that was accepted, on its event loop, before it reads; `ready` is called on the event loop
  /// when the bytes that are then read and written are those that are encrypted.
  let furnish:
    @Sendable (any Channel, _ ready: @escaping @Sendable () throws -> Void) throws -> Void
  /// How a driver reaches a server with such connections.
  let transport: @Sendable (Reach) -> HTTPTransport

  /// Makes it of what a TLS library does.
  package init(
    furnish:
      @escaping @Sendable (
        any Channel, _ ready: @escaping @Sendable () throws -> Void
      ) throws -> Void,
    transport: @escaping @Sendable (Reach) -> HTTPTransport
  ) {
    self.furnish = furnish
    self.transport = transport
  }
}

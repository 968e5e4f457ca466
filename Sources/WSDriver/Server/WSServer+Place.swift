public import HTTPDriver

extension WSServer {
  /// Where a server takes its connections.
  ///
  /// With `over:`, clients speak to it over TLS (`wss`): the product `HTTPDriverTLS` has `ConnectionSecurity.tls(by:)`.
  public struct Place: Sendable {
    let listen: @Sendable (@escaping @Sendable (ByteStream) -> Void) async throws -> ByteListener

    /// Listens on 127.0.0.1; port 0 leaves the choice to the system.
    ///
    /// - Parameters:
    ///   - port: The port.
    ///   - security: What encrypts the connections; nil leaves them as they are.
    /// - Returns: The place.
    public static func tcp(port: Int = 0, over security: ConnectionSecurity? = nil) -> Place {
      Place { try await ByteListener.tcp(port: port, over: security, accept: $0) }
    }

    /// Listens on a Unix socket, by the path of a file that must not exist yet; it is removed in the end.
    ///
    /// The operating system has room for a path of 103 bytes. A Unix socket has no reset:
    /// ``WSServer/Ending/reset`` and ``WSSocket/HangUp/reset`` close it in good order.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - security: What encrypts the connections; nil leaves them as they are.
    /// - Returns: The place.
    public static func unixSocket(
      _ path: String, over security: ConnectionSecurity? = nil
    ) -> Place {
      Place { try await ByteListener.unixSocket(path, over: security, accept: $0) }
    }

    /// Takes the connections of drivers in the same process through memory: the bytes of a real connection, without a
    /// port or a file.
    public static let memory = Place { ByteListener.memory(accept: $0) }

    /// Takes the connections of drivers in the same process through memory, encrypted.
    public static func memory(over security: ConnectionSecurity) -> Place {
      Place { ByteListener.memory(over: security, accept: $0) }
    }
  }
}

import HTTPDriver

extension WSServer {
  /// Where a server takes its connections.
  public struct Place: Sendable {
    let listen: @Sendable (@escaping @Sendable (ByteStream) -> Void) async throws -> ByteListener

    /// Listens on 127.0.0.1; port 0 leaves the choice to the system.
    public static func tcp(port: Int = 0) -> Place {
      Place { try await ByteListener.tcp(port: port, accept: $0) }
    }

    /// Listens on a Unix socket, by the path of a file that must not exist yet; it is removed in the end.
    ///
    /// The operating system has room for a path of 103 bytes. A Unix socket has no reset:
    /// ``WSServer/Ending/reset`` and ``WSSocket/HangUp/reset`` close it in good order.
    public static func unixSocket(_ path: String) -> Place {
      Place { try await ByteListener.unixSocket(path, accept: $0) }
    }

    /// Takes the connections of drivers in the same process through memory: the bytes of a real connection, without a
    /// port or a file.
    public static let memory = Place { ByteListener.memory(accept: $0) }
  }
}

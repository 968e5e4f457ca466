/// Where somebody is to listen: a TCP port, or a Unix domain socket.
public struct ListenerAddress: Sendable, Equatable {
  enum Place: Sendable, Equatable {
    case port(Int, host: String)
    case socket(path: String)
  }

  let place: Place

  /// A TCP port, from 1 to 65535, at a host: an IPv4 or IPv6 address, or a name, of which any address will do.
  public static func port(_ port: Int, at host: String = "127.0.0.1") -> ListenerAddress {
    ListenerAddress(place: .port(port, host: host))
  }

  /// A Unix domain socket at a path.
  public static func unixSocket(_ path: String) -> ListenerAddress {
    ListenerAddress(place: .socket(path: path))
  }

  /// Why nobody can listen at such an address; nil where somebody can.
  var misuse: String? {
    switch place {
    case .port(let port, _):
      return (1...65_535).contains(port) ? nil : "a port is a number from 1 to 65535"
    case .socket(let path):
      let count = absolutePath(path).utf8.count
      return count <= SocketAddress.longestPath && !path.isEmpty && !path.utf8.contains(0)
        ? nil
        : "the path has \(count.counted("byte")), and a socket's has 1 to \(SocketAddress.longestPath)"
    }
  }
}

extension ListenerAddress: CustomStringConvertible {
  /// The address as failures show it, such as `127.0.0.1:5432` or `/run/service.sock`.
  public var description: String {
    switch place {
    case .port(let port, let host): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .socket(let path): path
    }
  }
}

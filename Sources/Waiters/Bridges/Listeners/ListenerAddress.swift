/// Where somebody is to listen: a TCP port, or a Unix domain socket.
public struct ListenerAddress: Sendable, Equatable {
  enum Place: Sendable, Equatable {
    case port(Int, host: String)
    case socket(path: String)
  }

  let place: Place

  /// A TCP port, from 1 to 65535, at a host: an IPv4 or IPv6 address, or a name, of which any address will do.
  ///
  /// An IPv6 address may stand in the brackets that it has in a URL.
  ///
  /// Source: RFC 3986, section 3.2.2.
  public static func port(_ port: Int, at host: String = "127.0.0.1") -> ListenerAddress {
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.contains(":")
    return ListenerAddress(
      place: .port(port, host: isBracketed ? String(host.dropFirst().dropLast()) : host))
  }

  /// A Unix domain socket at a path; a relative one begins in the working directory.
  public static func unixSocket(_ path: String) -> ListenerAddress {
    ListenerAddress(place: .socket(path: path))
  }

  /// Why nobody can listen at such an address; nil where somebody can.
  var misuse: String? {
    switch place {
    case .port(let port, _):
      return (1...65_535).contains(port) ? nil : "a port is a number from 1 to 65535"
    case .socket(let path):
      if path.utf8.contains(0) { return "the path has a NUL in it" }
      let count = path.utf8.count
      return (1...SocketAddress.longestPath).contains(count)
        ? nil
        : "the path has \(count.counted("byte")), and a socket's has 1 to \(SocketAddress.longestPath)"
    }
  }

  /// The path to connect to: the absolute one, which stays the same wherever the process goes, or the one that was
  /// given where only that is short enough.
  static func connectable(_ path: String, absolute: String) -> String {
    absolute.utf8.count <= SocketAddress.longestPath ? absolute : path
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

/// Which end of a WebSocket: a client masks what it sends, and a server does not.
///
/// Source: RFC 6455, section 5.1.
public enum WSRole: Sendable, Hashable {
  /// The end that asked for the WebSocket.
  case client
  /// The end that was asked.
  case server

  /// The other end.
  public var peer: WSRole {
    switch self {
    case .client: .server
    case .server: .client
    }
  }

  /// `client` or `server`, as messages have it.
  var name: String {
    switch self {
    case .client: "client"
    case .server: "server"
    }
  }
}

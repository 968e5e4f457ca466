/// Where a service that is started is to listen; the driver chooses it and tells the service.
///
/// A service that can listen on port 0 and say which port it got needs none of this: see ``ServiceReadiness``.
public struct ServiceListening: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case unixSocket
    case inheritedSocket
    case portNumber
  }

  let kind: Kind

  /// On a Unix socket, whose file the service makes in a fresh folder that nobody else can enter.
  ///
  /// No race: nobody else knows the path.
  public static let unixSocket = ServiceListening(kind: .unixSocket)

  /// On a socket that this process listens with already, on a port of 127.0.0.1, and that the service inherits.
  ///
  /// It is descriptor 3, and the variables `LISTEN_FDS` and `LISTEN_PID` say so, as systemd does for its services
  /// (`sd_listen_fds(3)`). No race, and nothing to wait for: a connection that comes before the service is ready waits
  /// in the socket. The program is started through `/bin/sh`, which is what tells it its own number.
  public static let inheritedSocket = ServiceListening(kind: .inheritedSocket)

  /// On a port of 127.0.0.1, for services that take nothing but its number.
  ///
  /// Between the choice of a number and the service's `bind` somebody else can take it. On Linux this process holds the
  /// port meanwhile, so that the system assigns it to nobody; what is left is a program that asks for this very number.
  /// The service must set `SO_REUSEADDR`, as servers do, or it cannot listen there. On other systems nothing is held,
  /// and the race is open for as long as the service takes to start.
  public static let portNumber = ServiceListening(kind: .portNumber)
}

/// The place that a service was given to listen at.
public struct ServicePlace: Sendable, Hashable {
  /// The port of 127.0.0.1; nil where it listens on a Unix socket.
  public let port: Int?
  /// The path of the socket's file, which the service makes; nil where it listens on a port.
  public let socketPath: String?
  /// The descriptor of the socket that it inherits, which is 3; nil where it opens one itself.
  public let descriptor: Int?

  /// How the place is reached, such as `http://127.0.0.1:41234` or `unix:/tmp/harness-Ab3x/s`.
  public var address: String {
    socketPath.map { "unix:\($0)" } ?? "http://127.0.0.1:\(port ?? 0)"
  }
}

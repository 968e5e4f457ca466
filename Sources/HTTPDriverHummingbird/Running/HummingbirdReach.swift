#if Hummingbird
  /// How a test reaches an application that runs in its process.
  public enum HummingbirdReach: String, CaseIterable, Sendable {
    /// Its responder is called: no server, the fastest way.
    case inProcess = "in process"
    /// Hummingbird's HTTP/1.1 server on a stream of bytes in memory: real framing, without a socket.
    case memory = "in memory"
    /// Its server on 127.0.0.1, on a port that the system assigns.
    case tcp = "over TCP"
    /// Its server on a Unix socket, in the folder for temporary files.
    case unixSocket = "over a Unix socket"
  }
#endif

#if TLS
  /// The version of HTTP that a connection speaks; a test says which, and a server that does not speak it fails by
  /// name.
  public enum HTTPWireVersion: Sendable, Hashable {
    /// HTTP/1.1, RFC 9112.
    case http1
    /// HTTP/2, RFC 9113.
    case http2

    /// Its name in ALPN.
    ///
    /// Source: RFC 7301, section 6, and RFC 9113, section 3.1.
    var applicationProtocol: String {
      switch self {
      case .http1: "http/1.1"
      case .http2: "h2"
      }
    }

    var title: String {
      switch self {
      case .http1: "HTTP/1.1"
      case .http2: "HTTP/2"
      }
    }
  }
#endif

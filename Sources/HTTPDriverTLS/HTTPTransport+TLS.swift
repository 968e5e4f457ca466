#if TLS
  import HTTPDriver
  import NIOCore

  extension HTTPTransport {
    /// A service that listens at an address such as `https://localhost:8443`, over TLS.
    ///
    /// The path, user and password of the address are those of ``HTTPTransport/address(_:)``. The handshake lies
    /// within the deadline of each exchange.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - client: Whom to trust, and what to show.
    ///   - version: What to speak; a server that does not speak it fails each exchange, by name.
    /// - Returns: The transport; one that fails each exchange where the address cannot be used.
    public static func tls(
      _ address: String, _ client: TLSClient, speaking version: HTTPWireVersion = .http1
    ) -> HTTPTransport {
      do {
        let parsed = try ServiceAddress(parsing: address, scheme: "https")
        let connector = SocketConnector(target: .tcp(host: parsed.host, port: parsed.port))
        return tls(
          connector, client, version, parsed, capabilities: .overSockets,
          name: "\(parsed.scheme)://\(parsed.authority)\(parsed.prefix)")
      } catch {
        return .unusable(error)
      }
    }

    /// A service that listens on a Unix socket, over TLS; its certificate must be for `localhost`, unless the client
    /// asks for another name.
    public static func tls(
      unixSocket path: String, _ client: TLSClient, speaking version: HTTPWireVersion = .http1
    ) -> HTTPTransport {
      if let fault = unusableSocket(path) { return fault }
      return tls(
        SocketConnector(target: .unix(path: path)), client, version,
        ServiceAddress(unixSocket: path, scheme: "https", host: client.serverName ?? "localhost"),
        capabilities: .overSockets, name: "tls:unix:\(path)")
    }

    /// A service that listens at an address such as `http://127.0.0.1:8080` and speaks HTTP/2 without TLS, by prior
    /// knowledge (h2c).
    ///
    /// Source: RFC 9113, section 3.3.
    public static func http2(_ address: String) -> HTTPTransport {
      do {
        var parsed = try ServiceAddress(parsing: address)
        parsed.curl.options = ["--http2-prior-knowledge"]
        return http2(
          SocketConnector(target: .tcp(host: parsed.host, port: parsed.port)), parsed,
          capabilities: .overSockets,
          name: "\(parsed.scheme)://\(parsed.authority)\(parsed.prefix) (HTTP/2)")
      } catch {
        return .unusable(error)
      }
    }

    /// A service that listens on a Unix socket and speaks HTTP/2 without TLS.
    public static func http2(unixSocket path: String) -> HTTPTransport {
      if let fault = unusableSocket(path) { return fault }
      var address = ServiceAddress(unixSocket: path)
      address.curl.options = ["--http2-prior-knowledge"]
      return http2(
        SocketConnector(target: .unix(path: path)), address, capabilities: .overSockets,
        name: "unix:\(path) (HTTP/2)")
    }

    /// A service's code behind TLS or HTTP/2 on a stream of bytes in memory, without a socket.
    ///
    /// - Throws: What TLS throws of a certificate that it cannot use.
    public static func memory(
      _ handler: @escaping HTTPHandler, over serving: HTTPServing
    ) throws -> HTTPTransport {
      let connection = try ServedConnection(handler, over: serving)
      let connector = MemoryConnector { try connection.furnish($0, watch: $1) }
      guard let tls = serving.tls else {
        return http2(
          connector, ServiceAddress(inMemory: "http"), capabilities: .inMemory,
          name: "memory (HTTP/2)")
      }
      return HTTPTransport.tls(
        connector, tls.client, serving.version,
        ServiceAddress(inMemory: "https", host: tls.client.serverName ?? "localhost"),
        capabilities: .inMemory, name: "memory over TLS")
    }

    /// A server of bytes over TLS in memory.
    static func tls(_ connector: MemoryConnector, _ client: TLSClient) -> HTTPTransport {
      tls(
        connector, client, .http1,
        ServiceAddress(inMemory: "https", host: client.serverName ?? "localhost"),
        capabilities: .inMemory, name: "memory over TLS")
    }

    private static func unusableSocket(_ path: String) -> HTTPTransport? {
      guard path.isEmpty || path.utf8.count > SocketConnector.pathLimit else { return nil }
      // It says why.
      return .unixSocket(path)
    }

    private static func tls(
      _ inner: any Connector, _ client: TLSClient, _ version: HTTPWireVersion,
      _ address: ServiceAddress, capabilities: Capabilities, name: String
    ) -> HTTPTransport {
      var address = address
      address.curl = CurlConnection(to: inner, client, address)
      let connector: TLSConnector
      do {
        connector = try TLSConnector(inner, client, host: address.host, version: version)
      } catch {
        return .unusable(ServiceAddressError(address: name, reason: "\(error)"))
      }
      switch version {
      case .http1:
        address.curl.options.append("--http1.1")
        return .wire(
          name: name, connector: connector, address: address,
          capabilities: capabilities.union(.tls), codec: .http1)
      case .http2:
        address.curl.options.append("--http2")
        return http2(
          connector, address, capabilities: capabilities.union(.tls), name: "\(name) (HTTP/2)")
      }
    }

    private static func http2(
      _ inner: any Connector, _ address: ServiceAddress, capabilities: Capabilities, name: String
    ) -> HTTPTransport {
      .wire(
        name: name, connector: HTTP2Connector(inner: inner, scheme: address.scheme),
        address: address, capabilities: capabilities.subtracting(.onlyHTTP1).union(.http2),
        codec: .parts)
    }
  }
#endif

#if TLS
  import HTTPDriver

  /// Runs `body` with a transport whose exchanges share one HTTP/2 connection, each on a stream of its own.
  ///
  /// Other transports make a connection for each exchange. The connection is made by the first exchange, and closed
  /// in the end; one that broke is not made again. Sightings of a service in memory are not told apart by exchange,
  /// so they are missing.
  ///
  /// ```swift
  /// try await withHTTP2Connection(transport) { shared in
  ///   let http = HTTPDriver(shared)
  ///   async let one = http.get("/1")
  ///   async let other = http.get("/2")
  ///   _ = try await (one, other)
  /// }
  /// ```
  ///
  /// An exchange that comes after the end of the connection fails, and says why the connection ended.
  ///
  /// - Throws: A ``TLSSetupError`` where the transport does not speak HTTP/2, and what `body` throws.
  @discardableResult
  public func withHTTP2Connection<R>(
    _ transport: HTTPTransport, _ body: (HTTPTransport) async throws -> R
  ) async throws -> R {
    // It fails each exchange at its line, and says why.
    if transport.isUnusable { return try await body(transport) }
    guard let (base, address) = transport.wireParts, let base = base as? HTTP2Connector else {
      throw TLSSetupError(
        reason: """
          the transport \(transport) has no HTTP/2 connections that exchanges could share: it speaks HTTP/1.1, calls a \
          handler, or shares one already; make it with .tls(…, speaking: .http2) or .http2(…)
          """)
    }
    let connector = SharedHTTP2Connector(base)
    let result: Result<R, any Error>
    do {
      result = .success(
        try await body(
          .wire(
            name: "\(transport.name), one connection", connector: connector, address: address,
            capabilities: transport.capabilities.subtracting(.serviceSightings), codec: .parts)))
    } catch {
      result = .failure(error)
    }
    await connector.close()
    return try result.get()
  }
#endif

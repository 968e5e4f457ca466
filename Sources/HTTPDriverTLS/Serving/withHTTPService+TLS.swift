#if TLS
  import HTTPDriver
  import NIOCore

  /// Runs `body` beside a handler that serves over TLS, or HTTP/2, through sockets of the operating system.
  ///
  /// The connections are accepted before `body` begins. In the end every connection is closed.
  ///
  /// ```swift
  /// try await withHTTPService(handler, over: .tls(speaking: .http2)) { transport in
  ///   try await HTTPDriver(transport).get("/").expect(status: .ok)
  /// }
  /// ```
  ///
  /// - Throws: What listening throws, such as a path that is taken, what TLS throws of a certificate that it cannot
  ///   use, and what `body` throws.
  @discardableResult
  public func withHTTPService<R>(
    _ handler: @escaping HTTPHandler, over serving: HTTPServing, on listening: HTTPListening = .tcp,
    _ body: (HTTPTransport) async throws -> R
  ) async throws -> R {
    let connection = try ServedConnection(handler, over: serving)
    let furnish: @Sendable (any Channel) throws -> Void = { try connection.furnish($0) }
    return try await withListener(on: listening, furnish: furnish) { target in
      try await body(serving.transport(to: target))
    }
  }

  extension HTTPServing {
    /// A transport that reaches a service which listens there.
    func transport(to target: SocketConnector.Target) -> HTTPTransport {
      switch (target, tls) {
      case (.tcp(let host, let port), nil): .http2("http://\(host):\(port)")
      case (.tcp(let host, let port), let tls?):
        .tls("https://\(host):\(port)", tls.client, speaking: version)
      case (.unix(let path), nil): .http2(unixSocket: path)
      case (.unix(let path), let tls?): .tls(unixSocket: path, tls.client, speaking: version)
      }
    }
  }
#endif

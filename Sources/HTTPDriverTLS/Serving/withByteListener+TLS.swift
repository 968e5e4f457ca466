#if TLS
  package import HTTPDriver

  /// Runs `body` beside a listener of bytes over TLS, for servers that bring their own protocol; in the end every
  /// connection is closed.
  ///
  /// - Parameters:
  ///   - server: What it shows its clients.
  ///   - versions: What it offers them by ALPN.
  ///   - accept: Is called with each connection once its handshake is over, on its thread.
  ///   - body: Is given where it listens, such as `127.0.0.1:8443`.
  /// - Returns: What `body` returns.
  /// - Throws: What listening throws, what TLS throws of a certificate that it cannot use, and what `body` throws.
  package func withByteListener<R>(
    over server: TLSServer, offering versions: [HTTPWireVersion] = [.http1],
    accept: @escaping @Sendable (ByteStream) -> Void, _ body: (_ place: String) async throws -> R
  ) async throws -> R {
    let context = try server.makeContext(versions)
    return try await withListener(
      on: .tcp,
      furnish: { channel in
        try ServedConnection.furnish(channel, context: context) { _ in
          accept(try ByteStream(of: channel))
        }
      }
    ) { target in
      guard case .tcp(let host, let port) = target else {
        preconditionFailure("a listener on TCP is reached at \(target)")
      }
      return try await body("\(host):\(port)")
    }
  }
#endif

#if TLS
  public import HTTPDriver
  import NIOCore
  import NIOSSL

  extension ConnectionSecurity {
    /// TLS, with a certificate for `localhost`, `127.0.0.1` and `::1`.
    ///
    /// ```swift
    /// let authority = try TestAuthority()
    /// let options = WSServer.Options(place: .tcp(over: try .tls(by: authority)))
    /// ```
    ///
    /// The server's own transport trusts the authority. Another client is told to by its
    /// ``TestAuthority/certificatePEM``.
    ///
    /// - Parameter authority: Who signs the certificate; one of its own unless a test brings it.
    /// - Returns: What a server is given for its place.
    /// - Throws: What making certificates throws.
    public static func tls(by authority: TestAuthority? = nil) throws -> ConnectionSecurity {
      let authority = try authority ?? TestAuthority()
      return try .tls(
        TLSServer(try authority.issue("localhost", "127.0.0.1", "::1")),
        client: TLSClient(trusting: authority))
    }

    /// TLS, with a certificate and a client of one's own.
    ///
    /// - Parameters:
    ///   - server: What the server shows and asks for.
    ///   - client: How the server's own transport connects.
    /// - Returns: What a server is given for its place.
    /// - Throws: What TLS throws of a certificate that it cannot use.
    public static func tls(
      _ server: TLSServer, client: TLSClient
    ) throws -> ConnectionSecurity {
      let context = try server.makeContext([.http1])
      return ConnectionSecurity { channel, ready in
        try ServedConnection.furnish(channel, context: context) { _ in
          try channel.pipeline.syncOperations.addHandler(TLSServedErrors())
          try ready()
        }
      } transport: { reach in
        switch reach {
        case .tcp(let port): .tls("https://127.0.0.1:\(port)", client)
        case .unixSocket(let path): .tls(unixSocket: path, client)
        case .memory(let connector): .tls(connector, client)
        }
      }
    }
  }
#endif

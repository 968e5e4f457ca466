#if TLS
  import HTTPDriver
  import NIOCore
  import NIOHTTP2
  import NIOSSL
  import NIOTLS

  /// What a service of this process speaks with its clients, beyond HTTP/1.1 in the clear.
  public struct HTTPServing: Sendable {
    /// The version that the transport of ``withHTTPService(_:over:on:_:)`` speaks.
    let version: HTTPWireVersion
    let tls: (server: TLSServer, client: TLSClient)?

    /// HTTP/2 without TLS, which the client must know beforehand (h2c).
    ///
    /// Source: RFC 9113, section 3.3.
    public static var http2: HTTPServing { HTTPServing(version: .http2, tls: nil) }

    /// TLS, with a certificate and a client of one's own.
    ///
    /// The service offers HTTP/2 and HTTP/1.1, and serves what the client chooses.
    ///
    /// - Parameters:
    ///   - server: What the service shows and asks for.
    ///   - client: How the transport connects.
    ///   - version: What the transport speaks.
    /// - Returns: What is given to ``withHTTPService(_:over:on:_:)``.
    public static func tls(
      _ server: TLSServer, client: TLSClient, speaking version: HTTPWireVersion = .http1
    ) -> HTTPServing {
      HTTPServing(version: version, tls: (server, client))
    }

    /// TLS, with a certificate for `localhost`, `127.0.0.1` and `::1` of an authority that the client trusts.
    ///
    /// - Parameters:
    ///   - authority: Who signs the certificate; one of its own unless a test brings it.
    ///   - version: What the transport speaks.
    /// - Returns: What is given to ``withHTTPService(_:over:on:_:)``.
    /// - Throws: What making certificates throws.
    public static func tls(
      by authority: TestAuthority? = nil, speaking version: HTTPWireVersion = .http1
    ) throws -> HTTPServing {
      let authority = try authority ?? TestAuthority()
      return .tls(
        TLSServer(try authority.issue("localhost", "127.0.0.1", "::1")),
        client: TLSClient(trusting: authority), speaking: version)
    }

    var scheme: String { tls == nil ? "http" : "https" }
  }

  /// Furnishes the connections of a service.
  struct ServedConnection: Sendable {
    private let service: HandlerService
    private let context: NIOSSLContext?

    init(_ handler: @escaping HTTPHandler, over serving: HTTPServing) throws {
      service = HandlerService(handler, scheme: serving.scheme)
      context = try serving.tls?.server.makeContext([.http2, .http1])
    }

    /// Sets a channel up, on its event loop, before it reads.
    func furnish(_ channel: any Channel, watch: ServiceWatch = ServiceWatch()) throws {
      guard let context else { return try Self.addHTTP2(channel, service, watch) }
      try Self.furnish(channel, context: context) { [service] chosen in
        if chosen == HTTPWireVersion.http2.applicationProtocol {
          try Self.addHTTP2(channel, service, watch)
        } else {
          try service.serve(bytesOf: channel, watch: watch)
        }
      }
    }

    /// Serves TLS; `ready` is called on the event loop with the protocol that was agreed on.
    static func furnish(
      _ channel: any Channel, context: NIOSSLContext,
      _ ready: @escaping @Sendable (String?) throws -> Void
    ) throws {
      try channel.pipeline.syncOperations.addHandlers(
        SocketEnd(), NIOSSLServerHandler(context: context))
      try channel.pipeline.syncOperations.addHandler(
        ApplicationProtocolNegotiationHandler { result, channel in
          channel.eventLoop.makeCompletedFuture {
            switch result {
            case .negotiated(let name): try ready(name)
            case .fallback: try ready(nil)
            }
          }
        })
    }

    static func addHTTP2(
      _ channel: any Channel, _ service: HandlerService, _ watch: ServiceWatch
    ) throws {
      var streams = NIOHTTP2Handler.StreamConfiguration()
      // The client is the test, which may cancel as often as it likes.
      streams.streamResetFrameRateLimit.maximumCount = 1_000_000
      _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
        mode: .server, connectionConfiguration: .init(), streamConfiguration: streams
      ) { stream in
        stream.eventLoop.makeCompletedFuture {
          let frames = HTTP2ServedFrames()
          try stream.pipeline.syncOperations.addHandlers(
            frames, HTTP2FramePayloadToHTTP1ServerCodec(), HTTP2ServedStream(frames: frames))
          try service.serve(partsOf: stream, watch: watch)
        }
      }
      try channel.pipeline.syncOperations.addHandler(HTTP2ServedErrors())
    }
  }
#endif

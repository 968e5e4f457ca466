#if TLS
  import HTTPDriver
  import NIOCore
  import NIOSSL
  import NIOTLS
  import X509

  /// Makes connections of another connector encrypted: hands them on once the server has proved who it is.
  struct TLSConnector: Connector {
    let inner: any Connector
    let context: NIOSSLContext
    /// The name that the server's certificate must be for.
    let name: String
    let roots: [Certificate]
    let version: HTTPWireVersion

    /// Makes a connector; `host` is the name to check unless the client asks for another.
    init(
      _ inner: any Connector, _ client: TLSClient, host: String, version: HTTPWireVersion
    ) throws {
      self.inner = inner
      context = try client.makeContext(version)
      // The zone of a link-local address is nothing of the server's (RFC 6874, section 4).
      name = client.serverName ?? (host.contains(":") ? String(host.prefix { $0 != "%" }) : host)
      roots = client.roots
      self.version = version
    }

    var place: String { inner.place }

    func connect(
      watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
      connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
    ) {
      inner.connect(watch: watch, opened: opened) { result in
        switch result {
        case .failure: connected(result)
        case .success(let channel):
          watch.negotiates("the TLS handshake")
          do {
            try self.begin(on: channel, connected)
          } catch {
            channel.close(promise: nil)
            connected(.failure(TLSFault("\(error)", with: self.place)))
          }
        }
      }
    }

    private func begin(
      on channel: any Channel,
      _ connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
    ) throws {
      let handshake = TLSHandshakeHandler(place: place, version: version, done: connected)
      let refusal = NIOLoopBound(handshake, eventLoop: channel.eventLoop)
      let check = CertificateCheck(roots: roots, name: name)
      let handler = try NIOSSLClientHandler(
        context: context, serverHostname: IPAddress(name) == nil ? name : nil
      ) { chain, promise in
        // One that has no bytes is refused like one that cannot be read.
        let bytes = chain.map { (try? $0.toDERBytes()) ?? [] }
        // Ends by itself: what it awaits computes, and waits for nobody.
        Task {
          let fault = await check.fault(ofEncoded: bytes)
          promise.futureResult.eventLoop.execute {
            if let fault { refusal.value.refuses(fault) }
            promise.succeed(fault == nil ? .certificateVerified : .failed)
          }
        }
      }
      // The handler that waits comes first: the one of TLS begins as soon as it is there.
      try channel.pipeline.syncOperations.addHandler(handshake)
      try channel.pipeline.syncOperations.addHandler(handler, position: .before(handshake))
      try channel.pipeline.syncOperations.addHandler(
        FirstBytes(expecting: .tls), position: .before(handler))
      try channel.pipeline.syncOperations.addHandler(SocketEnd(), position: .first)
    }
  }

  /// Waits for the end of a handshake, then says what NIOSSL reports in our words.
  final class TLSHandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let place: String
    private let version: HTTPWireVersion
    private var done: ((Result<any Channel, any Error>) -> Void)?
    private var refusal: String?

    init(
      place: String, version: HTTPWireVersion,
      done: @escaping (Result<any Channel, any Error>) -> Void
    ) {
      self.place = place
      self.version = version
      self.done = done
    }

    /// The server's certificate is not trusted, which the handshake is about to fail for.
    func refuses(_ reason: String) {
      refusal = reason
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if let done, case .handshakeCompleted(let chosen) = event as? TLSUserEvent {
        if version == .http2, chosen != version.applicationProtocol {
          let reason =
            """
            the server speaks no HTTP/2 (ALPN chose \(chosen.map { "\"\($0)\"" } ?? "nothing")); \
            use speaking: .http1
            """
          return fail(TLSFault(reason, with: place), context)
        }
        self.done = nil
        done(.success(context.channel))
      }
      context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      guard done != nil else {
        return context.fireErrorCaught(TLSFault(of: error, by: "server") ?? error)
      }
      fail(
        refusal.map { TLSFault($0, with: place) }
          ?? TLSFault(inHandshake: error, with: place, offering: version),
        context)
    }

    func channelInactive(context: ChannelHandlerContext) {
      if done != nil {
        fail(TLSFault("the server closed the connection in the handshake", with: place), context)
      }
      context.fireChannelInactive()
    }

    private func fail(_ fault: TLSFault, _ context: ChannelHandlerContext) {
      let done = self.done
      self.done = nil
      done?(.failure(fault))
      context.close(promise: nil)
    }
  }
#endif

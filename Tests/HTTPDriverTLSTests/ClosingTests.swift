#if TLS
  import HarnessLoopback
  import NIOCore
  import NIOSSL
  import Testing
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  /// Nobody waits for the other side to say goodbye: NIOSSL would for five seconds.
  @Suite struct `Connections that are closed` {
    /// Stands before TLS, and lets nothing through once it is told to.
    final class Deaf: ChannelInboundHandler {
      typealias InboundIn = ByteBuffer
      typealias InboundOut = ByteBuffer

      var isDeaf = false

      func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isDeaf { context.fireChannelRead(data) }
      }
    }

    /// Runs `body` beside a server that reads nothing once the handshake is over, and so never answers `close_notify`.
    static func withHangingServer(
      _ version: HTTPWireVersion, deaf told: Mailbox<Void> = Mailbox("a deaf server"),
      _ body: (HTTPDriver) async throws -> Void
    ) async throws {
      let authority = try TestAuthority()
      let context = try TLSServer(try authority.issue("127.0.0.1")).makeContext([version])
      try await withListener(
        on: .tcp,
        furnish: { channel in
          let deaf = NIOLoopBound(Deaf(), eventLoop: channel.eventLoop)
          try channel.pipeline.syncOperations.addHandler(deaf.value)
          try ServedConnection.furnish(channel, context: context) { _ in
            deaf.value.isDeaf = true
            told.send(())
          }
        }
      ) { target in
        guard case .tcp(let host, let port) = target else { return }
        try await body(
          HTTPDriver(
            .tls("https://\(host):\(port)", TLSClient(trusting: authority), speaking: version)))
      }
    }

    @Test(arguments: [HTTPWireVersion.http1, .http2])
    func `keep no deadline waiting`(version: HTTPWireVersion) async throws {
      let shortest = try await Self.shortest {
        var end = ContinuousClock.now
        try await Self.withHangingServer(version) { http in
          end = Deadline.effective(within: .seconds(1)).instant
          let error = try #require(await http.outcome(.get, "/", within: .seconds(1)).error)
          #expect(error.code == .timedOut)
        }
        // The listener's end of it, too.
        return end.duration(to: .now)
      }
      #expect(shortest < .seconds(4))
    }

    /// The least of a few tries, as other tests may have the processor; to wait for a goodbye takes 5 seconds each time.
    private static func shortest(_ measure: () async throws -> Duration) async throws -> Duration {
      var shortest = try await measure()
      for _ in 0..<3 where shortest >= .seconds(4) { shortest = min(shortest, try await measure()) }
      return shortest
    }

    @Test func `say goodbye and wait for none`() throws {
      let client = TLSClient(trusting: try TestAuthority())
      #expect(try client.configuration(.http1).shutdownTimeout == .zero)
      #expect(try client.configuration(.http2).shutdownTimeout == .zero)
    }

    @Test(arguments: [HTTPWireVersion.http1, .http2])
    func `keep no cancellation waiting`(version: HTTPWireVersion) async throws {
      let shortest = try await Self.shortest {
        let deaf = Mailbox<Void>("a deaf server")
        var duration = Duration.zero
        try await Self.withHangingServer(version, deaf: deaf) { http in
          let body = HTTPBody.stream(
            AsyncStream<[UInt8]>(unfolding: {
              // Not before: what came along with the handshake would still be read.
              try? await deaf.next()
              return [1]
            }))
          let start = ContinuousClock.now
          try await http.cancelling(.post, "/", body, at: .midRequestBody(bytes: 1))
          duration = start.duration(to: .now)
        }
        return duration
      }
      #expect(shortest < .seconds(4))
    }

    /// Goes only when all of them have been told to.
    final class Company: ChannelOutboundHandler {
      typealias OutboundIn = ByteBuffer

      private let told: Gate

      init(_ told: Gate) {
        self.told = told
      }

      func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?)
      {
        let loop = context.eventLoop
        let bound = NIOLoopBound(context, eventLoop: loop)
        Task { [told] in
          try? await told.pass()
          loop.execute { bound.value.close(mode: mode, promise: promise) }
        }
      }
    }

    @Test func `are all told before the first is waited for`() async throws {
      let told = Gate("connections that are told to go")
      let count = 3
      let watcher = Task {
        try await told.arrivals(count)
        told.openForever()
      }
      let accepted = Mailbox<Void>("connections that are taken")
      try await withListener(
        on: .tcp,
        furnish: { channel in
          try channel.pipeline.syncOperations.addHandler(Company(told))
          accepted.send(())
        }
      ) { target in
        for _ in 0..<count {
          SocketConnector(target: target).connect(
            watch: ServiceWatch(), opened: { _ in }, connected: { _ in })
          try await accepted.next()
        }
      }
      // Where one is waited for first, the others do not come by the deadline.
      try await watcher.value
    }

    /// Connects when it is told to.
    struct LateConnector: Connector {
      let inner: SocketConnector
      let asked: Signal<Void>
      let go: Gate
      let made: Mailbox<any Channel>

      var place: String { inner.place }

      func connect(
        watch: ServiceWatch, opened: @escaping @Sendable (any Channel) -> Void,
        connected: @escaping @Sendable (Result<any Channel, any Error>) -> Void
      ) {
        asked.send()
        Task {
          try? await go.pass()
          inner.connect(
            watch: watch,
            opened: { channel in
              made.send(channel)
              opened(channel)
            }, connected: connected)
        }
      }
    }

    @Test(.timeLimit(.minutes(15)))
    func `may be made after the end of their scope, and are closed then`() async throws {
      let asked = Signal<Void>("the connection is asked for")
      let go = Gate("the connection may be made")
      let made = Mailbox<any Channel>("channels")
      try await withListener(on: .tcp, furnish: { _ in }) { target in
        let late = LateConnector(
          inner: SocketConnector(target: target), asked: asked, go: go, made: made)
        let connector = SharedHTTP2Connector(HTTP2Connector(inner: late, scheme: "http"))
        let turnedAway = Mailbox<any Error>("errors")
        connector.connect(watch: ServiceWatch(), opened: { _ in }) { result in
          if case .failure(let error) = result { turnedAway.send(error) }
        }
        try await asked.value()
        await connector.close()
        #expect(try await turnedAway.next() is SharedConnectionGone)
        go.openForever()
        let channel = try await made.next()
        try await channel.closeFuture.get()
      }
    }
  }
#endif

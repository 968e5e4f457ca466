#if TLS
  import NIOCore
  import NIOSSL

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  /// Stands below the TLS of a server: lets so many of its records leave, then half of one, and nothing more.
  ///
  /// Source: RFC 8446, section 5.1, for the five bytes before each record.
  final class RecordGate: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What follows the half of a record.
    enum Ending: Sendable, CaseIterable {
      case hold
      case close
    }

    private var left: Int
    private let ending: Ending
    private var isShut = false

    /// Makes a gate that shuts after so many records; nil for one that waits until it is told.
    init(after count: Int?, then ending: Ending) {
      left = count ?? .max
      self.ending = ending
    }

    /// Lets half of the next record through.
    func shut() {
      left = 0
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      var bytes = unwrapOutboundIn(data)
      var passed = ByteBuffer()
      while !isShut, bytes.readableBytes > 0 {
        guard let length = bytes.getInteger(at: bytes.readerIndex + 3, as: UInt16.self),
          var record = bytes.readSlice(length: 5 + Int(length))
        else { preconditionFailure("a record came in pieces") }
        isShut = left == 0
        left -= 1
        if isShut { record.moveWriterIndex(to: record.readerIndex + record.readableBytes / 2) }
        passed.writeBuffer(&record)
      }
      context.write(wrapOutboundOut(passed), promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
      context.flush()
      if isShut, ending == .close { context.close(promise: nil) }
    }
  }

  /// Runs `body` beside a server of bytes over TLS whose records a gate of each connection's own looks at.
  ///
  /// `accept` is called once the handshake is over, on the event loop, with what shuts the gate.
  func withGatedServer(
    after count: Int? = nil, then ending: RecordGate.Ending,
    atMost version: TLSVersion = .tlsv13,
    accept: @escaping @Sendable (ByteStream, _ shut: @escaping @Sendable () -> Void) -> Void = {
      _, _ in
    }, _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    let authority = try TestAuthority()
    let certificate = try authority.issue("127.0.0.1")
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try certificate.chain,
      privateKey: .privateKey(try certificate.privateKey))
    configuration.maximumTLSVersion = version
    configuration.shutdownTimeout = .zero
    configuration.applicationProtocols = ["http/1.1"]
    let context = try NIOSSLContext(configuration: configuration)
    try await withListener(
      on: .tcp,
      furnish: { channel in
        let gate = RecordGate(after: count, then: ending)
        try channel.pipeline.syncOperations.addHandler(gate)
        let loopBound = NIOLoopBound(gate, eventLoop: channel.eventLoop)
        try ServedConnection.furnish(channel, context: context) { _ in
          accept(try ByteStream(of: channel)) {
            channel.eventLoop.execute { loopBound.value.shut() }
          }
        }
      }
    ) { target in
      guard case .tcp(let host, let port) = target else { return }
      try await body(.tls("https://\(host):\(port)", TLSClient(trusting: authority)))
    }
  }
#endif

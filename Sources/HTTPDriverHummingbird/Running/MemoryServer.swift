#if Hummingbird
  import HTTPDriver
  import HarnessLock
  import Hummingbird
  import HummingbirdCore
  import NIOCore
  import NIOHTTP1
  import ServiceLifecycle

  /// Hummingbird's HTTP/1.1 server for connections in memory.
  ///
  /// As over a socket, a client that goes away does not cancel a handler: it fails its writes, and is told to those
  /// that ask for it by `consumeWithCancellationOnInboundClose`.
  struct MemoryServer<Responder: HTTPResponder>: Service
  where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    private typealias Connection = @Sendable () async -> Void

    private let service: RespondingService<Responder>
    private let prelude: [@concurrent @Sendable () async throws -> Void]
    private let ready: @Sendable (HTTPTransport) -> Void
    private let connections: AsyncStream<Connection>
    private let accepted: AsyncStream<Connection>.Continuation
    private let isClosed = Lock(false)

    init(
      service: RespondingService<Responder>,
      prelude: [@concurrent @Sendable () async throws -> Void],
      ready: @escaping @Sendable (HTTPTransport) -> Void
    ) {
      self.service = service
      self.prelude = prelude
      self.ready = ready
      (connections, accepted) = AsyncStream.makeStream()
    }

    func run() async throws {
      for process in prelude { try await process() }
      ready(
        .memory(
          name: "hummingbird in memory",
          capabilities: [.framing, .rawBytes, .trailers],
          accept: { try accept($0, $1) }))
      await withGracefulShutdownHandler {
        await withDiscardingTaskGroup { group in
          for await connection in connections { group.addTask { await connection() } }
        }
      } onGracefulShutdown: {
        isClosed.withLock { $0 = true }
        accepted.finish()
      }
    }

    private func accept(_ channel: any Channel, _ watch: ServiceWatch) throws {
      if isClosed.withLock(\.self) { throw ServerStopped() }
      let http1 = HTTP1Channel { [service] request, writer, channel in
        let response = try await service.respond(
          to: request, on: channel, threw: watch.forRequest.threw)
        do {
          try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
          // As `Application` does: the error as it is would be answered by another response.
          throw RequestBrokeOff()
        }
      }
      let logger = service.logger
      // On the event loop, so it is done before the channel reads.
      http1.setup(channel: channel, logger: logger).whenSuccess { value in
        let connection: Connection = { await http1.handle(value: value, logger: logger) }
        if case .terminated = accepted.yield(connection) { Task { await connection() } }
      }
    }
  }

  /// The request turned out to be no HTTP while its response was being written.
  private struct RequestBrokeOff: Error {}

  /// The application was shut down.
  struct ServerStopped: Error, CustomStringConvertible {
    var description: String { "the application was shut down" }
  }
#endif

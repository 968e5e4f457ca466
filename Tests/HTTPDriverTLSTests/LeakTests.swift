#if TLS && os(Linux)
  import Foundation
  import HTTPTypes
  import HarnessLock
  import HarnessLoopback
  import NIOCore
  import Testing
  import Waiters

  @testable import HTTPDriver
  @testable import HTTPDriverTLS

  @Suite struct `Clients that go away at each point` {
    static let points: [HTTPCancellationPoint] = [
      .beforeConnect, .afterRequestHead, .midRequestBody(bytes: 20_000), .beforeResponseHead,
      .afterResponseHead, .midResponseBody(bytes: 20_000),
    ]

    /// The handlers that run, and those that ran.
    struct Calls: Sendable {
      var running = 0
      var ended = 0
    }

    /// Takes the whole request, then answers with more than any window has, and never to the end.
    private func service(_ point: HTTPCancellationPoint, _ calls: Watched<Calls>) -> HTTPHandler {
      { request, body in
        guard request.path != "/last" else { return HTTPReply() }
        calls.update { $0.running += 1 }
        defer {
          calls.update {
            $0.running -= 1
            $0.ended += 1
          }
        }
        for try await _ in body {}
        if point == .beforeResponseHead {
          let silence = AsyncStream<Void> { _ in }
          for await _ in silence {}
        }
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        for _ in 0..<3 { continuation.yield([UInt8](repeating: 1, count: 20_000)) }
        return HTTPReply(.ok, .stream(pieces))
      }
    }

    private func cancel(_ http: HTTPDriver, at point: HTTPCancellationPoint) async throws {
      // In pieces, and with an end that does not come where the point lies before it.
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      for _ in 0..<4 { continuation.yield([UInt8](repeating: 1, count: 10_000)) }
      switch point {
      case .afterRequestHead, .midRequestBody: break
      default: continuation.finish()
      }
      try await http.cancelling(.post, "/", .stream(pieces), at: point)
    }

    /// A thousand at each point; none waits for anything, but each takes some 8 ms of code that is built for debugging.
    private static let rounds = isUnderThreadSanitizer ? 200 : 1_000

    @Test(arguments: points)
    func `leave no descriptor over TLS`(_ point: HTTPCancellationPoint) async throws {
      let calls = Watched("handlers", Calls())
      try await withHTTPService(service(point, calls), over: .tls()) { transport in
        let port = try #require(transport.name.split(separator: ":").last.flatMap { Int($0) })
        let http = HTTPDriver(transport)
        for _ in 0..<Self.rounds { try await cancel(http, at: point) }
        #expect(try socketsTo(port: port) == 0)
        try await calls.until { $0.running == 0 }
      }
    }

    /// Counts the frames with which streams begin and end, where they have left TLS.
    final class FrameTap: ChannelInboundHandler {
      typealias InboundIn = ByteBuffer
      typealias InboundOut = ByteBuffer

      private var reader = FrameReader()
      private let streams: Watched<StreamCount>

      init(_ streams: Watched<StreamCount>) {
        self.streams = streams
      }

      func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frames = reader.take(Array(unwrapInboundIn(data).readableBytesView))
        streams.update { $0.take(frames) }
        context.fireChannelRead(data)
      }
    }

    /// The streams of a connection, as their server sees them.
    struct StreamCount: Sendable {
      var opened: Set<UInt32> = []
      var cancelled: Set<UInt32> = []

      mutating func take(_ frames: [Frame]) {
        for frame in frames {
          switch frame.kind {
          case .headers: opened.insert(frame.stream)
          // CANCEL: RFC 9113, section 7.
          case .reset where frame.payload == [0, 0, 0, 8]: cancelled.insert(frame.stream)
          default: break
          }
        }
      }
    }

    @Test(arguments: [false, true])
    func `leave no stream on one connection of HTTP/2`(overTLS: Bool) async throws {
      let serving = overTLS ? try HTTPServing.tls(speaking: .http2) : .http2
      let rounds = overTLS ? Self.rounds : 1_000
      for point in Self.points {
        let calls = Watched("handlers", Calls())
        let streams = Watched("streams", StreamCount())
        let service = HandlerService(service(point, calls), scheme: serving.scheme)
        let context = try serving.tls?.server.makeContext([.http2])
        let connections = Collected<Int>()
        try await withListener(
          on: .tcp,
          furnish: { channel in
            connections.append(1)
            let serve: @Sendable () throws -> Void = {
              try channel.pipeline.syncOperations.addHandler(FrameTap(streams))
              try ServedConnection.addHTTP2(channel, service, ServiceWatch())
            }
            guard let context else { return try serve() }
            try ServedConnection.furnish(channel, context: context) { _ in try serve() }
          }
        ) { target in
          guard case .tcp(_, let port) = target else { return }
          try await withHTTP2Connection(serving.transport(to: target)) { shared in
            let http = HTTPDriver(shared)
            for _ in 0..<rounds { try await cancel(http, at: point) }
            // Neither a window nor the number of streams is used up, nor is the connection gone.
            try await http.get("/last").expect(status: .ok)
            #expect(try socketsTo(port: port) == 1)
            let expected = point == .beforeConnect ? 0 : rounds
            // The last one may be reset as well, behind its end.
            let count = try await streams.until { $0.cancelled.count >= expected }
            #expect(count.opened.count == expected + 1)
            #expect(count.cancelled.isSubset(of: count.opened))
            try await calls.until { $0.running == 0 }
          }
          #expect(try socketsTo(port: port) == 0)
        }
        #expect(connections.all.count == 1)
      }
    }
  }
#endif

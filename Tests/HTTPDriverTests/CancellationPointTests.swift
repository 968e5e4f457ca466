import Foundation
import HTTPDriver
import HTTPTypes
import HarnessLock
import HarnessLoopback
import Testing
import Waiters

@Suite struct `A client that goes away` {
  static let points: [HTTPCancellationPoint] = [
    .beforeConnect, .afterRequestHead, .midRequestBody(bytes: 50_000), .beforeResponseHead,
    .afterResponseHead, .midResponseBody(bytes: 50_000),
  ]

  /// Takes the whole request, then answers as slowly as the gate wants: never, unless the test gets so far.
  private func service(_ point: HTTPCancellationPoint) -> HTTPHandler {
    { request, body in
      let silence = AsyncStream<Void> { _ in }
      for try await _ in body {}
      if point == .beforeResponseHead { for await _ in silence {} }
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      continuation.yield([UInt8](repeating: 1, count: 60_000))
      return HTTPReply(.ok, .stream(pieces))
    }
  }

  @Test(arguments: points, Reach.allCases)
  func `does so at the point of the exchange that was asked for`(
    _ point: HTTPCancellationPoint, reach: Reach
  ) async throws {
    try await reach.drive(service(point)) { http in
      // In pieces, and with an end that does not come where the point lies before it.
      let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
      for _ in 0..<6 { continuation.yield([UInt8](repeating: 1, count: 10_000)) }
      switch point {
      case .afterRequestHead, .midRequestBody: break
      default: continuation.finish()
      }
      let cancellation = try await http.cancelling(.post, "/", .stream(pieces), at: point)
      #expect(cancellation.isReached)
      switch point {
      case .beforeConnect, .afterRequestHead: #expect(cancellation.sentBytes == 0)
      case .midRequestBody: #expect(cancellation.sentBytes == 50_000)
      default: #expect(cancellation.sentBytes == 60_000)
      }
      if case .midResponseBody = point { #expect(cancellation.receivedBytes >= 50_000) }
      let hears = http.capabilities.contains(.serviceSightings)
      // Before it connects, the service hears of nothing; and over a network, the driver does not.
      #expect((cancellation.serviceSawItAfter != nil) == (hears && point != .beforeConnect))
    }
  }

  @Test(arguments: Reach.allCases, [0, 1, 1_000])
  func `cuts a body that is one piece`(reach: Reach, count: Int) async throws {
    // A service that is gone from that early may never hear of the request.
    let most = Lock(0)
    let service: HTTPHandler = { _, body in
      var seen = 0
      do {
        for try await piece in body { seen += piece.count }
      } catch {}
      most.withLock { [seen] in $0 = max($0, seen) }
      return HTTPReply()
    }
    try await reach.drive(service) { http in
      let cancellation = try await http.cancelling(
        .post, "/", .bytes([UInt8](repeating: 1, count: 100_000)),
        at: .midRequestBody(bytes: count))
      #expect(cancellation.sentBytes == count)
    }
    #expect(most.withLock { $0 } <= count)
  }

  /// The handler goes on after it was cancelled, which the driver waits for.
  @Test func `tells how long the service took to see it`() async throws {
    let service: HTTPHandler = { _, _ in
      try await withTaskCancellationHandler {
        try await Gate("never opened").pass()
        return HTTPReply()
      } onCancel: {
      }
    }
    let http = HTTPDriver(.handler(service))
    let cancellation = try await http.cancelling(.get, "/", at: .beforeResponseHead)
    #expect(try #require(cancellation.serviceSawItAfter) > .zero)
  }

  @Test func `too late fails the test, with the exchange`() async throws {
    let texts = try await failureTexts {
      let http = HTTPDriver(.handler { _, _ in HTTPReply(.ok, .text("short")) })
      try await http.cancelling(.get, "/", at: .midResponseBody(bytes: 6))
    }
    #expect(
      texts == [
        """
        GET /: the exchange was complete before the client could go away after 6 bytes of the \
        response's body
          request   GET /
          response  200 OK
                    Content-Type: text/plain; charset=utf-8
          body      text/plain; charset=utf-8, 5 bytes: short
          repeat    curl -i "$SERVICE/"
        """
      ])
  }

  #if os(Linux)
    @Test func `a thousand times leaves no descriptor behind`() async throws {
      let handler = service(.beforeResponseHead)
      try await withHTTPService(handler) { transport in
        let http = HTTPDriver(transport)
        _ = try await http.cancelling(.get, "/", at: .beforeResponseHead)
        let port = try #require(transport.name.split(separator: ":").last.flatMap { Int($0) })
        for round in 0..<1_000 {
          let points = Self.points
          let point = points[round % 4]
          try await http.cancelling(
            .post, "/", .bytes([UInt8](repeating: 1, count: 60_000)).inChunks([10_000]), at: point)
        }
        #expect(try socketsTo(port: port) == 0)
      }
    }
  #endif
}

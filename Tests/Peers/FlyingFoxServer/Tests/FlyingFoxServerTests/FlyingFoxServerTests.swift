import FlyingFox
import FlyingSocks
import Foundation
import Testing
import WSDriver

/// A WebSocket server in Swift that nobody here wrote, over TCP and over a Unix socket.
@Suite struct `FlyingFox's WebSocket server` {
  enum Way: CaseIterable, Sendable {
    case tcp
    case unixSocket
  }

  /// Sends messages back; the text `bye` closes with 4000.
  ///
  /// A close frame it leaves to the server, which answers it too: the first of two answers would win, by chance.
  struct Echo: WSMessageHandler {
    func makeMessages(
      for client: AsyncStream<FlyingFox.WSMessage>
    ) async throws -> AsyncStream<FlyingFox.WSMessage> {
      AsyncStream { continuation in
        let task = Task {
          for await message in client {
            switch message {
            case .text("bye"):
              continuation.yield(.close(FlyingFox.WSCloseCode(4000, reason: "as asked")))
            case .text, .data: continuation.yield(message)
            case .close: break
            }
          }
          continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
      }
    }
  }

  /// Runs `body` beside the server.
  static func serve(
    over way: Way, _ body: (HTTPTransport) async throws -> Void
  ) async throws {
    let path = "/tmp/flying-fox-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    let server =
      switch way {
      case .tcp: HTTPServer(address: .loopback(port: 0), logger: .disabled)
      case .unixSocket: HTTPServer(address: .unix(path: path), logger: .disabled)
      }
    await server.appendRoute("GET /ws", to: .webSocket(Echo()))
    let run = Task { try await server.run() }
    let result: Result<Void, any Error>
    do {
      try await server.waitUntilListening()
      let transport: HTTPTransport =
        switch await server.listeningAddress {
        case .ip4(_, let port): .address("http://127.0.0.1:\(port)")
        case .ip6(_, let port): .address("http://[::1]:\(port)")
        default: .unixSocket(path)
        }
      result = .success(try await body(transport))
    } catch {
      result = .failure(error)
    }
    await server.stop()
    _ = await run.result
    try? FileManager.default.removeItem(atPath: path)
    try result.get()
  }

  @Test(arguments: Way.allCases)
  func `echoes, answers pings and closes as it is asked`(way: Way) async throws {
    try await Self.serve(over: way) { transport in
      let driver = WSDriver(HTTPDriver(transport), compression: WSDeflate())
      try await driver.connect("/ws") { socket in
        // It knows no extension.
        #expect(socket.compression == nil)
        // Of a message without bytes it makes no frame; one of more than 16 KiB comes back in several.
        for count in [1, 125, 126, 16_384, 16_385, 65_535, 65_536, 300_000] {
          let text = String(repeating: "x", count: count)
          try socket.send(text: text)
          #expect(try await socket.next() == .text(text))
        }
        try socket.send(text: "grüezi 👋")
        try await socket.expectNext(.text("grüezi 👋"))
        try socket.send(binary: [0, 255])
        try await socket.expectNext(.binary([0, 255]))
        try await socket.ping()
        try await socket.expectNone()
        try socket.send(text: "bye")
        try await socket.expectClose(code: 4000, reason: "as asked")
      }
    }
  }

  @Test func `refuses what it has no route for`() async throws {
    try await Self.serve(over: .tcp) { transport in
      let refusal = try await WSDriver(HTTPDriver(transport)).expectRefusal("/unknown")
      #expect(refusal.exchange.status == .notFound)
    }
  }

  /// The rules that it does not keep.
  ///
  /// Where it keeps one that stands here, or breaks another, this fails. The codes are not looked at: it has 1002
  /// for bad text, and now and then its reset overtakes its close frame.
  static let broken: Set<String> = [
    "5.1 a ping without a mask",
    "5.1 a text frame without a mask",
    "5.2 RSV1 in a ping",
    "5.2 RSV1 in a text frame",
    "5.2 RSV2 in a text frame",
    "5.2 RSV3 in a binary frame",
    "5.2 a length of 16 bits that fits into 7",
    "5.2 a length of 64 bits that fits into 16",
    "5.2 all reserved bits in a close frame",
    "5.4 a message within a message",
    "5.5.1 a close frame with half a code",
    "7.4 the code 0",
    "7.4 the code 1004",
    "7.4 the code 1005",
    "7.4 the code 1006",
    "7.4 the code 1015",
    "7.4 the code 1016",
    "7.4 the code 2999",
    "7.4 the code 5000",
    "7.4 the code 65535",
    "7.4 the code 999",
  ]

  @Test func `keeps the rules but those that are named`() async throws {
    try await Self.serve(over: .tcp) { transport in
      try await WSDriver(HTTPDriver(transport)).expectStrictness(
        "/ws", except: Self.broken, codes: .anyCode)
    }
  }
}

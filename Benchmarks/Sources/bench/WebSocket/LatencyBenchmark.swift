import Dispatch
import Foundation
import NIOCore
import NIOPosix
import Waiters
import WSDriver

/// From the peer's write to the test's next line, beside the path to a bare callback of NIO.
struct LatencyBenchmark {
  let runs: Int
  private let rounds = 2_000

  init(runs: Int) {
    self.runs = runs
  }

  func print() async throws {
    var figures: [[WakeFigures]] = [[], [], [], [], []]
    for _ in 0..<runs {
      figures[0].append(await measure(SemaphoreWake.self, rounds: rounds))
      figures[1].append(try await callback(.semaphore))
      figures[4].append(try await callback(.task))
      figures[2].append(try await driver(.pool))
      figures[3].append(try await driver(.connection))
    }
    let (floor, bare, ours, onThread, task) = (
      WakeFigures.median(of: figures[0]), WakeFigures.median(of: figures[1]),
      WakeFigures.median(of: figures[2]), WakeFigures.median(of: figures[3]),
      WakeFigures.median(of: figures[4])
    )
    Swift.print(
      "latency: from the peer's write to the next line, µs, \(rounds) rounds, median of \(runs) runs"
    )
    Swift.print("       p50       p99")
    for (name, row) in [
      ("semaphore, thread to thread", floor), ("bare callback of NIO", bare),
      ("bare callback of NIO that resumes a task", task),
      ("socket.next()", ours), ("socket.next(), body on the connection's thread", onThread),
    ] {
      Swift.print(
        column(row.median, 2), column(row.p99, 2), "  ", name, separator: "")
    }
    Swift.print(
      column(bare.median + 1.5 * floor.median, 2),
      "            goal: callback + 1.5 × semaphore\n",
      separator: "")
  }

  /// The peer writes when the test has asked for the next message: what is measured is the way to a wait that waits.
  private func driver(_ thread: WSThread) async throws -> WakeFigures {
    let peers = Mailbox<WSSocket>("peers")
    return try await withWSServer { client in
      peers.send(client)
      await client.respond { _ in nil }
    } _: { server in
      let outcome = try await WSDriver(HTTPDriver(server.address), WSOptions(thread: thread))
        .outcome(
          "/"
        ) { socket in
          guard case .value(let peer) = await peers.outcomeOfNext() else {
            throw Trouble(description: "no peer")
          }
          let writer = Writer(peer, rounds: rounds)
          var latencies: [UInt64] = []
          for _ in 0..<rounds {
            writer.waiting.signal()
            _ = await socket.outcomeOfNext()
            latencies.append(writer.elapsed())
          }
          return WakeFigures(nanoseconds: latencies)
        }
      guard case .value(let figures) = outcome else { throw Trouble(description: "no WebSocket") }
      return figures
    }
  }

  /// What the bare callback does.
  private enum Target {
    /// It takes the time itself.
    case semaphore
    /// It resumes a task of the pool, which takes the time: what no wait of a test on the pool can be without.
    case task
  }

  private func callback(_ target: Target) async throws -> WakeFigures {
    let peers = Mailbox<WSSocket>("peers")
    return try await withWSServer { client in
      peers.send(client)
      await client.respond { _ in nil }
    } _: { server in
      guard let port = server.port else { throw Trouble(description: "no port") }
      let reader = BareReader()
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(BareHandler(reader))
          }
        }
        .connect(host: "127.0.0.1", port: port).get()
      let head = """
        GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
        """
      try await channel.writeAndFlush(ByteBuffer(string: head)).get()
      guard case .value(let peer) = await peers.outcomeOfNext() else {
        throw Trouble(description: "no peer")
      }
      reader.arrivals.wait()
      let writer = Writer(peer, rounds: rounds)
      reader.writer = writer
      var latencies: [UInt64] = []
      for _ in 0..<rounds {
        switch target {
        case .semaphore:
          writer.waiting.signal()
          reader.arrivals.wait()
          latencies.append(reader.latency)
        case .task:
          await withCheckedContinuation { continuation in
            reader.waiting = continuation
            writer.waiting.signal()
          }
          latencies.append(writer.elapsed())
        }
      }
      try await channel.close()
      return WakeFigures(nanoseconds: latencies)
    }
  }
}

/// A thread that sends a message each time it is asked to, 50 µs later, and keeps when.
private final class Writer: @unchecked Sendable {
  // Safe: `started` is written before the message is sent and read after it has come.
  let waiting = DispatchSemaphore(value: 0)
  private var started: UInt64 = 0

  init(_ peer: WSSocket, rounds: Int) {
    let thread = Thread { [self] in
      for _ in 0..<rounds {
        waiting.wait()
        let parked = DispatchTime.now().uptimeNanoseconds + 50_000
        while DispatchTime.now().uptimeNanoseconds < parked {}
        started = DispatchTime.now().uptimeNanoseconds
        try? peer.send(binary: [1])
      }
    }
    thread.start()
  }

  func elapsed() -> UInt64 { DispatchTime.now().uptimeNanoseconds - started }
}

private final class BareReader: @unchecked Sendable {
  // Safe: written before a semaphore is signalled, of this or of the writer, and read after it was waited for.
  let arrivals = DispatchSemaphore(value: 0)
  var writer: Writer?
  var latency: UInt64 = 0
  /// The task that waits.
  var waiting: CheckedContinuation<Void, Never>?
}

private final class BareHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let reader: BareReader

  init(_ reader: BareReader) {
    self.reader = reader
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if let task = reader.waiting {
      reader.waiting = nil
      return task.resume()
    }
    reader.latency = reader.writer?.elapsed() ?? 0
    reader.arrivals.signal()
  }
}

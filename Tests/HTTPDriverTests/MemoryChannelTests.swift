import HTTPTypes
import HarnessLoopback
import NIOCore
import Testing
import Waiters

@testable import HTTPDriver

@Suite struct `A connection in memory` {
  /// Connects two streams of bytes, and hands over what comes at the service's end.
  private func connect(
    _ serve: @escaping @Sendable (ByteStream, ByteStream.Event) -> Void
  ) async throws -> ByteStream {
    try await MemoryConnector { channel, _ in
      let stream = try ByteStream(of: channel)
      stream.start { event in serve(stream, event) }
    }.stream()
  }

  @Test func `carries bytes in order, both ways`() async throws {
    let stream = try await connect { stream, event in
      if case .bytes(let bytes) = event { stream.write(bytes.reversed()) }
    }
    let received = Mailbox<[UInt8]>("received")
    stream.start { event in if case .bytes(let bytes) = event { received.send(Array(bytes)) } }
    stream.write([1, 2, 3])
    #expect(try await received.next() == [3, 2, 1])
    stream.close()
    await stream.closed()
  }

  @Test func `ends in good order, by half, or by a reset`() async throws {
    for ending in ["close", "closeOutput", "reset"] {
      let ended = Signal<ByteStream.End>("the service heard the end")
      let stream = try await connect { _, event in
        if case .ended(let end) = event { ended.send(end) }
      }
      switch ending {
      case "close": stream.close()
      case "closeOutput": stream.closeOutput()
      default: stream.reset()
      }
      #expect(try await ended.value() == (ending == "reset" ? .reset : .orderly))
      await stream.closed()
    }
  }

  @Test func `gives what was sent before the end`() async throws {
    let events = Mailbox<String>("events")
    let stream = try await connect { _, event in
      switch event {
      case .bytes(let bytes): events.send("\(bytes.count)")
      case .ended(let end): events.send("\(end)")
      case .writability: break
      }
    }
    stream.write([1, 2])
    stream.close()
    #expect(try await events.next() == "2")
    #expect(try await events.next() == "orderly")
  }

  @Test func `makes a writer wait whose peer does not read`() async throws {
    let read = Collected<Int>()
    let opened = Signal<ByteStream>("opened")
    let stream = try await connect { stream, event in
      if case .bytes(let bytes) = event {
        if read.all.isEmpty {
          stream.setReading(false)
          opened.send(stream)
        }
        read.append(bytes.count)
      }
    }
    let writability = Mailbox<Bool>("writability")
    stream.start { event in
      if case .writability(let isWritable) = event { writability.send(isWritable) }
    }
    stream.write([1])
    let server = try await opened.value()
    for _ in 0..<8 { stream.write([UInt8](repeating: 2, count: 32 << 10)) }
    #expect(try await writability.next() == false)
    server.setReading(true)
    #expect(try await writability.next() == true)
    stream.close()
    await server.closed()
    #expect(read.all.reduce(0, +) <= 1 + 8 * (32 << 10))
  }

  @Test func `that is closed before its turn reaches nobody, and comes to its end`() async throws {
    let accepted = Collected<Bool>()
    let connector = MemoryConnector { channel, _ in
      accepted.append(true)
      try HandlerConnection.furnish(channel) { _, _ in HTTPReply() }
    }
    for _ in 0..<50 {
      let closed = Signal<Void>("the channel closed")
      let result = Signal<Bool>("whether it was connected")
      connector.connect(
        watch: ServiceWatch(),
        opened: { channel in
          channel.closeFuture.whenComplete { _ in closed.send() }
          channel.close(promise: nil)
        },
        connected: { outcome in
          if case .success = outcome { result.send(true) } else { result.send(false) }
        })
      #expect(try await result.value() == false)
      try await closed.value()
    }
    #expect(accepted.all.isEmpty)
  }

  @Test func `whose service hangs up as it is accepted is closed in good order`() async throws {
    let http = HTTPDriver(.memory(bytes: { $0.close() }))
    for _ in 0..<50 {
      let error = try #require(await http.outcome(.get, "/").error)
      #expect(error.code == .connectionClosed)
    }
    let connector = MemoryConnector { channel, _ in channel.close(promise: nil) }
    let ended = Signal<ByteStream.End>("the end")
    let stream = try await connector.stream()
    stream.start { event in if case .ended(let end) = event { ended.send(end) } }
    #expect(try await ended.value() == .orderly)
    await stream.closed()
  }

  @Test func `of an exchange that is cancelled at once is never woken again`() async throws {
    let http = HTTPDriver(.memory { _, _ in HTTPReply(.ok, .text("a")) })
    for turn in 0..<200 {
      let exchange = Task { await http.outcome(.post, "/", .bytes([1, 2, 3])) }
      // At different moments, before and after the event loop had its turn.
      // harness:allow(poll): nothing is asked for, it only comes a few turns later
      for _ in 0..<(turn % 8) { await Task.yield() }
      exchange.cancel()
      switch await exchange.value {
      case .cancelled: break
      case .response(let exchange): try exchange.expect(status: .ok)
      case .failed(let error): Issue.record(error)
      }
    }
  }
}

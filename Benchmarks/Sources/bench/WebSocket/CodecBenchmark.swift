import Dispatch
import NIOCore
import NIOEmbedded
import NIOWebSocket
import WSDriver

/// Parsing and unmasking of what a client sends, in pieces of 64 KiB as a socket gives them.
struct CodecBenchmark {
  let runs: Int
  /// Bytes of payload in a measurement.
  private let total: Int

  init(runs: Int, megabytes: Int) {
    self.runs = runs
    total = megabytes << 20
  }

  func print() {
    Swift.print(
      "codec: MB of payload a second, of masked frames in pieces of 64 KiB, \(Self.build) build")
    Swift.print("     frame       NIO      ours         ×   ours, UTF-8 checked         ×")
    for size in [16, 1 << 10, 64 << 10, 1 << 20] {
      // Small frames cost so much each that fewer will do.
      let count = max(min(total / size, total / 100), 1)
      let binary = Self.pieces(.binary, size, count)
      let text = Self.pieces(.text, size, count)
      var figures: [[Double]] = [[], [], []]
      for _ in 0..<runs {
        figures[0].append(speed(count * size) { Self.parseWithNIO(binary, count) })
        figures[1].append(speed(count * size) { Self.parse(binary, count) })
        figures[2].append(speed(count * size) { Self.parse(text, count) })
      }
      let (nio, ours, checked) = (median(figures[0]), median(figures[1]), median(figures[2]))
      Swift.print(
        column(Double(size), 0), column(nio), column(ours), column(ours / nio, 2),
        column(checked, 1, width: 20), column(checked / nio, 2), separator: "")
    }
    Swift.print("")
  }

  private static var build: String {
    var isDebug = false
    // Only a build without optimization looks at it.
    assert(
      {
        isDebug = true
        return true
      }())
    return isDebug ? "debug" : "release"
  }

  private func speed(_ bytes: Int, _ body: () -> Void) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    body()
    return Double(bytes) / Double(DispatchTime.now().uptimeNanoseconds - start) * 1000
  }

  private static func pieces(_ opcode: WSOpcode, _ size: Int, _ count: Int) -> [[UInt8]] {
    let frame = WSFrame(opcode, Array(repeating: 65, count: size), masking: .key(0x37fa_213d))
      .bytes(sentBy: .client)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(frame.count * count)
    for _ in 0..<count { bytes += frame }
    return stride(from: 0, to: bytes.count, by: 64 << 10).map {
      Array(bytes[$0..<min($0 + 64 << 10, bytes.count)])
    }
  }

  private static func parse(_ pieces: [[UInt8]], _ count: Int) {
    var settings = WSProtocol.Settings()
    settings.recordsFrames = false
    var server = WSProtocol(.server, settings)
    var messages = 0
    for piece in pieces {
      server.receive(piece)
      for event in server.takeResults().events {
        if case .message = event { messages += 1 }
      }
    }
    precondition(messages == count)
  }

  /// The decoder in its channel, and the mask taken off: what a server must do to have a message of one frame.
  private static func parseWithNIO(_ pieces: [[UInt8]], _ count: Int) {
    let counter = FrameCounter()
    let channel = EmbeddedChannel()
    do {
      try channel.pipeline.syncOperations.addHandlers(
        ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 24)), counter)
      for piece in pieces { try channel.writeInbound(ByteBuffer(bytes: piece)) }
      _ = try channel.finish()
    } catch {
      preconditionFailure("\(error)")
    }
    precondition(counter.count == count)
  }
}

private final class FrameCounter: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  var count = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    precondition(frame.unmaskedData.readableBytes == frame.length)
    count += 1
  }
}

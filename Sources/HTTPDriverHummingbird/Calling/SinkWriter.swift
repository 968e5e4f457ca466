#if Hummingbird
  import HTTPDriver
  import HTTPTypes
  import HummingbirdCore
  import NIOCore

  /// Writes the body of a response into the exchange: the next piece is taken when there is room for it.
  final class SinkWriter: ResponseBodyWriter {
    private let sink: ResponseSink
    private(set) var isFinished = false

    init(sink: ResponseSink) {
      self.sink = sink
    }

    func write(_ buffer: ByteBuffer) async throws {
      // The client is gone, which a write over a connection tells too.
      guard await sink.write(Array(buffer.readableBytesView)) else { throw CancellationError() }
    }

    func finish(_ trailers: HTTPFields?) async throws {
      isFinished = true
      sink.end(trailers: trailers ?? [:])
    }
  }
#endif

import NIOCore

extension ByteStream {
  /// Bytes that came in, where they were read to: nothing is copied until somebody asks for it.
  package struct Bytes: Sendable, RandomAccessCollection {
    private let buffer: ByteBuffer

    init(_ buffer: ByteBuffer) {
      self.buffer = buffer
    }

    /// Makes bytes of an array.
    package init(_ bytes: [UInt8]) {
      buffer = ByteBuffer(bytes: bytes)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { buffer.readableBytes }

    package subscript(position: Int) -> UInt8 {
      buffer.readableBytesView[buffer.readerIndex + position]
    }

    /// Runs `body` with the bytes.
    package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
      try unsafe buffer.withUnsafeReadableBytes(body)
    }
  }
}

#if Hummingbird
  import HTTPDriver
  import NIOCore

  /// The pieces of a request's body, made when the service asks for them.
  struct RequestPieces: AsyncSequence, Sendable {
    let body: HTTPBody

    func makeAsyncIterator() -> AsyncIterator {
      AsyncIterator(pieces: body.makeAsyncIterator())
    }

    struct AsyncIterator: AsyncIteratorProtocol {
      var pieces: HTTPBody.AsyncIterator

      mutating func next() async throws -> ByteBuffer? {
        try await pieces.next().map { ByteBuffer(bytes: $0) }
      }
    }
  }
#endif

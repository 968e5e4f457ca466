extension HTTPBody {
  /// Bytes that come one piece at a time, sent as they come; the next piece is asked for when the last
  /// one has been handed to the operating system.
  ///
  /// The sequence should end when its task is cancelled, as `AsyncStream` and gates do: an exchange that
  /// fails early cancels it.
  ///
  /// What the sequence throws fails the exchange and closes the connection half way. `length` is announced
  /// as `Content-Length`, and other bytes than so many fail the exchange; without it the body is sent in chunks.
  public static func stream<Pieces: AsyncSequence & Sendable>(
    _ pieces: Pieces, contentType: String? = "application/octet-stream", length: Int? = nil
  ) -> HTTPBody where Pieces.Element == [UInt8] {
    HTTPBody(contentType: contentType, length: length, repetition: .inline, isReadOnce: true) {
      SequenceReader(iterator: pieces.makeAsyncIterator())
    }
  }
}

/// Reads a sequence that a test made.
private struct SequenceReader<Iterator: AsyncIteratorProtocol>: BodyReader
where Iterator.Element == [UInt8] {
  var iterator: Iterator

  mutating func read() async throws -> [UInt8]? {
    try await iterator.next(isolation: #isolation)
  }
}

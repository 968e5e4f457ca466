extension HTTPBody {
  /// Bytes that come one piece at a time, sent as they come; the next piece is asked for when the last
  /// one has been handed to the operating system.
  ///
  /// The sequence should end when its task is cancelled, as `AsyncStream` and gates do: an exchange that
  /// fails early cancels it.
  ///
  /// What the sequence throws fails the exchange and closes the connection half way. `length` is announced
  /// as `Content-Length`, and other bytes than so many fail the exchange; without it the body is sent in chunks.
  /// The piece that completes the length is sent when the sequence has ended: otherwise a service could answer the
  /// complete body before the bytes came that are too many.
  public static func stream<Pieces: AsyncSequence & Sendable>(
    _ pieces: Pieces, contentType: String? = "application/octet-stream", length: Int? = nil
  ) -> HTTPBody where Pieces.Element == [UInt8] {
    HTTPBody(contentType: contentType, length: length, repetition: .inline, isReadOnce: true) {
      let reader = SequenceReader(iterator: pieces.makeAsyncIterator())
      guard let length else { return reader }
      return CompletionReader(source: reader, length: length)
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

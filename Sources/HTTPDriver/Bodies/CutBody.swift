extension HTTPBody {
  /// The same body, of which no more than `count` bytes are read; to ask for more is an error.
  func cut(afterBytes count: Int) -> HTTPBody {
    let whole = self
    return reading(length: length) {
      CuttingReader(source: whole.makeAsyncIterator(), remaining: Swift.max(0, count))
    }
  }
}

private struct CuttingReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  /// The bytes to go before the cut.
  var remaining: Int

  mutating func read() async throws -> [UInt8]? {
    guard remaining > 0 else { throw CancellationError() }
    guard let piece = try await source.next() else { return nil }
    let part = piece.prefix(remaining)
    remaining -= part.count
    return Array(part)
  }
}

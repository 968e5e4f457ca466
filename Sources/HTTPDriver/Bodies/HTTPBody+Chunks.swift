extension HTTPBody {
  /// The same bytes in chunks of the test's choosing: each is one chunk of HTTP/1.1, sent by itself.
  ///
  /// The sizes are taken in turn, and again from the first when they are used up: `[1]` sends byte by byte, `[3, 1]`
  /// three bytes, one, three, one. What has to be cut within a character, a line end or a field of JSON is cut
  /// there, to find out whether the service puts it together. A size below 1 counts as 1.
  public func inChunks(_ sizes: [Int]) -> HTTPBody {
    let whole = self
    let sizes = sizes.isEmpty ? [1] : sizes.map { Swift.max(1, $0) }
    return reading(length: nil) {
      ChunkReader(source: whole.makeAsyncIterator(), sizes: sizes)
    }
  }
}

/// Cuts and joins the pieces of a body so that they have the sizes that were asked for; only the last is shorter.
private struct ChunkReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let sizes: [Int]
  var turn = 0
  var held: [UInt8] = []
  var position = 0

  mutating func read() async throws -> [UInt8]? {
    let size = sizes[turn % sizes.count]
    while held.count - position < size, let piece = try await source.next() {
      if position > 0 {
        held.removeFirst(position)
        position = 0
      }
      held += piece
    }
    guard position < held.count else { return nil }
    let end = min(position + size, held.count)
    defer {
      position = end
      turn += 1
    }
    return Array(held[position..<end])
  }
}

extension HTTPBody {
  /// The same body, which fails where its bytes are not as many as its length says.
  ///
  /// A file may have grown since, a stream have more than was announced: what follows would be read as another request.
  func heldToLength() -> HTTPBody {
    guard let length, wholeBytes == nil else { return self }
    let whole = self
    return reading(length: length) {
      LengthHoldingReader(source: whole.makeAsyncIterator(), length: length)
    }
  }
}

private struct LengthHoldingReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let length: Int
  var count = 0

  mutating func read() async throws -> [UInt8]? {
    guard let piece = try await source.next() else {
      guard count == length else { throw HTTPBodyLengthFault(announced: length, count: count) }
      return nil
    }
    count += piece.count
    guard count <= length else { throw HTTPBodyLengthFault(announced: length, count: count) }
    return piece
  }
}

/// Hands on the piece that completes an announced length along with what follows it, or when nothing does.
///
/// By itself it would complete the message, which the service may answer before anybody sees that there is more.
struct CompletionReader<Source: BodyReader>: BodyReader {
  var source: Source
  let length: Int
  var count = 0
  var hasEnded = false

  mutating func read() async throws -> [UInt8]? {
    guard !hasEnded, var piece = try await source.read() else { return nil }
    let before = count
    count += piece.count
    guard before < length, count == length else { return piece }
    repeat {
      guard let next = try await source.read() else {
        hasEnded = true
        break
      }
      piece += next
      count += next.count
    } while count == length
    return piece
  }
}

/// A body has other bytes than were announced.
struct HTTPBodyLengthFault: Error, Equatable, CustomStringConvertible {
  let announced: Int
  /// All of them, or those that had come when there were too many.
  let count: Int

  var description: String {
    count > announced
      ? "it is longer than the \(byteCount(announced)) that were announced"
      : "it has \(byteCount(count)), and \(announced) were announced"
  }
}

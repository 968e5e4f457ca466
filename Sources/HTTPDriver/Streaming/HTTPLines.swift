public import HarnessJSON

extension HTTPStreamedResponse {
  /// The body in lines, without their ends; what is not UTF-8 is replaced by U+FFFD.
  ///
  /// A line has 1 MiB at most; a longer one is ``HTTPLineTooLong``.
  public var lines: HTTPLines { HTTPLines(response: self) }

  /// The body as one JSON value a line (NDJSON); empty lines are passed over.
  ///
  /// A line that is no JSON throws a `JSONError`, which names the place in it.
  public var jsonLines: AsyncThrowingMapSequence<AsyncFilterSequence<HTTPLines>, JSONValue> {
    lines.filter { line in !line.allSatisfy { " \t".contains($0) } }
      .map { line throws in try JSONValue(parsing: Array(line.utf8)) }
  }
}

/// The body of a response, line by line.
public struct HTTPLines: AsyncSequence, Sendable {
  let response: HTTPStreamedResponse

  /// Starts to read, where the reader before left off.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(response: response) }

  /// Reads the lines.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let response: HTTPStreamedResponse
    private var splitter = LineSplitter(endsAtCR: false, limit: 1 << 20)
    private var ready: ArraySlice<[UInt8]> = []
    private var isFinished = false

    init(response: HTTPStreamedResponse) {
      self.response = response
    }

    /// The next line; nil at the end.
    ///
    /// - Throws: ``HTTPExchangeError`` when no piece comes by the deadline, or the body ends too early;
    ///   ``HTTPLineTooLong``.
    public mutating func next() async throws -> String? {
      while ready.isEmpty, !isFinished {
        if let piece = try await response.nextPiece() {
          ready = try splitter.push(piece)[...]
        } else {
          isFinished = true
          if let rest = splitter.finish() { ready = [rest] }
        }
      }
      return ready.popFirst().map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

@available(*, unavailable)
extension HTTPLines.AsyncIterator: Sendable {}

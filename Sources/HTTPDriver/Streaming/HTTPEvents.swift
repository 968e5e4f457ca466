extension HTTPStreamedResponse {
  /// The body as server-sent events; the media type is not looked at.
  ///
  /// A line or the data of an event has 1 MiB at most; more is ``HTTPLineTooLong``. An event that the end of the body
  /// cuts off is dropped, as the standard says.
  ///
  /// Source: HTML Standard, section 9.2.
  public var events: HTTPEvents { HTTPEvents(response: self) }
}

/// The body of a response, event by event.
public struct HTTPEvents: AsyncSequence, Sendable {
  let response: HTTPStreamedResponse

  /// Starts to read, where the reader before left off.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(response: response) }

  /// Reads the events.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let response: HTTPStreamedResponse
    private var splitter = LineSplitter(endsAtCR: true, limit: 1 << 20)
    private var parser = EventStreamParser()
    private var ready: [ServerSentEvent] = []

    init(response: HTTPStreamedResponse) {
      self.response = response
    }

    /// The next event; nil at the end of the body.
    ///
    /// - Throws: ``HTTPExchangeError`` when no piece comes by the deadline, or the body ends too early;
    ///   ``HTTPLineTooLong``.
    public mutating func next() async throws -> ServerSentEvent? {
      while ready.isEmpty {
        guard let piece = try await response.nextPiece() else { return nil }
        for line in try splitter.push(piece) {
          if let event = try parser.take(line) { ready.append(event) }
        }
        ready.reverse()
      }
      return ready.popLast()
    }
  }
}

@available(*, unavailable)
extension HTTPEvents.AsyncIterator: Sendable {}

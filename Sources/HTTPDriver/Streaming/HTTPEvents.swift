extension HTTPStreamedResponse {
  /// The body as server-sent events; the media type is not looked at.
  ///
  /// A line or the data of an event has 1 MiB at most; more is ``HTTPLineTooLong``. An event that the end of the body
  /// cuts off is dropped, as the standard says.
  ///
  /// Source: HTML Standard, section 9.2.
  public var events: HTTPEvents { HTTPEvents(response: self) }
}

/// Makes events of pieces.
struct EventParser: BodyParser {
  private var splitter = LineSplitter(endsAtCR: true, limit: 1 << 20)
  private var parser = EventStreamParser()

  mutating func take(
    _ piece: [UInt8], into ready: inout [ServerSentEvent]
  ) throws(HTTPLineTooLong) {
    var lines: [[UInt8]] = []
    var failure: HTTPLineTooLong?
    do {
      try splitter.push(piece, into: &lines)
    } catch {
      failure = error
    }
    for line in lines {
      if let event = try parser.take(line) { ready.append(event) }
    }
    if let failure { throw failure }
  }

  /// An event that the end cuts off is dropped.
  mutating func finish() -> ServerSentEvent? { nil }
}

/// The body of a response, event by event.
public struct HTTPEvents: AsyncSequence, Sendable {
  let response: HTTPStreamedResponse

  /// Starts to read, where the reader before left off.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(response: response) }

  /// Reads the events.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let response: HTTPStreamedResponse

    /// The next event; nil at the end of the body.
    ///
    /// - Throws: ``HTTPExchangeError`` when no piece comes by the deadline, or the body ends too early;
    ///   ``HTTPLineTooLong``, after the events before that line.
    public mutating func next() async throws -> ServerSentEvent? {
      try await response.eventReading.next(of: response)
    }
  }
}

@available(*, unavailable)
extension HTTPEvents.AsyncIterator: Sendable {}

public import HTTPTypes
import Waiters

/// A response whose body is read as it comes.
///
/// Its bytes can be read once, in one of the forms: pieces, lines, lines of JSON, or events.
public struct HTTPStreamedResponse: Sendable {
  /// Status and header fields.
  public let response: HTTPResponse
  let driver: HTTPDriver
  let run: ExchangeRun
  let duration: Duration?
  let lineReading = BodyReading(LineParser())
  let eventReading = BodyReading(EventParser())

  /// The response's status.
  public var status: HTTPResponse.Status { response.status }

  /// The exchange as far as it came, for expectations of its head and for a look at what was read; of a long body
  /// the first 64 KiB.
  public var soFar: HTTPExchange {
    HTTPExchange(
      record: driver.makeRecord(run.plan, run.soFar), response: response,
      reporter: driver.reporter, journal: driver.journal)
  }

  /// The body in the pieces in which it came.
  public var pieces: HTTPPieces { HTTPPieces(response: self) }

  /// The fields behind the body; known once it was read to its end.
  public var trailers: HTTPFields { run.soFar.trailers }

  /// The next piece; nil at the end of a complete body.
  func nextPiece() async throws -> [UInt8]? {
    if let piece = await run.nextPiece(by: .effective(within: duration)) { return piece }
    if let error = run.error(of: driver) { throw error }
    try Task.checkCancellation()
    return nil
  }
}

/// The body of a response, piece by piece.
public struct HTTPPieces: AsyncSequence, Sendable {
  let response: HTTPStreamedResponse

  /// Starts to read, where the reader before left off.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(response: response) }

  /// Reads the pieces.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let response: HTTPStreamedResponse

    /// The next piece, never empty; nil at the end.
    ///
    /// - Throws: ``HTTPExchangeError`` when it does not come by the deadline, or the body ends too early.
    public mutating func next() async throws -> [UInt8]? { try await response.nextPiece() }
  }
}

@available(*, unavailable)
extension HTTPPieces.AsyncIterator: Sendable {}

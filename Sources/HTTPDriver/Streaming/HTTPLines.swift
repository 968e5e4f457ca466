public import HarnessJSON

extension HTTPStreamedResponse {
  /// The body in lines, without their ends; what is not UTF-8 is replaced by U+FFFD.
  ///
  /// A line has 1 MiB at most; a longer one is ``HTTPLineTooLong``.
  public var lines: HTTPLines { HTTPLines(response: self) }

  /// The body as one JSON value a line (NDJSON); empty lines are passed over.
  ///
  /// A line that is no JSON throws a `JSONError`, which names the place in it.
  public var jsonLines: HTTPJSONLines { HTTPJSONLines(response: self) }
}

/// Makes lines of pieces.
struct LineParser: BodyParser {
  private var splitter = LineSplitter(endsAtCR: false, limit: 1 << 20)

  mutating func take(_ piece: [UInt8], into ready: inout [[UInt8]]) throws(HTTPLineTooLong) {
    try splitter.push(piece, into: &ready)
  }

  mutating func finish() -> [UInt8]? { splitter.finish() }
}

/// The body of a response, line by line.
public struct HTTPLines: AsyncSequence, Sendable {
  let response: HTTPStreamedResponse

  /// Starts to read, where the reader before left off.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(response: response) }

  /// Reads the lines.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let response: HTTPStreamedResponse

    /// The next line; nil at the end.
    ///
    /// - Throws: ``HTTPExchangeError`` when no piece comes by the deadline, or the body ends too early;
    ///   ``HTTPLineTooLong``, after the lines before that one.
    public mutating func next() async throws -> String? {
      try await response.lineReading.next(of: response).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

@available(*, unavailable)
extension HTTPLines.AsyncIterator: Sendable {}

/// The body of a response, one JSON value a line.
public struct HTTPJSONLines: AsyncSequence, Sendable {
  let response: HTTPStreamedResponse

  /// Starts to read, where the reader before left off.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(response: response) }

  /// Reads the values.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let response: HTTPStreamedResponse

    /// The next value, empty lines passed over; nil at the end.
    ///
    /// - Throws: `JSONError` for a line that is no JSON; the one after it can still be read. ``HTTPExchangeError`` when
    ///   no piece comes by the deadline, or the body ends too early; ``HTTPLineTooLong``.
    public mutating func next() async throws -> JSONValue? {
      while let line = try await response.lineReading.next(of: response) {
        if !line.allSatisfy({ [0x09, 0x0d, 0x20].contains($0) }) {
          return try JSONValue(parsing: line)
        }
      }
      return nil
    }
  }
}

@available(*, unavailable)
extension HTTPJSONLines.AsyncIterator: Sendable {}

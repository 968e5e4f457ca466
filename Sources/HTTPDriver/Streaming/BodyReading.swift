import HarnessLock

/// Makes something of the pieces of a body, such as lines or events.
protocol BodyParser: Sendable {
  associatedtype Element: Sendable

  /// Adds what a piece completes, also what comes before a line that is too long.
  mutating func take(_ piece: [UInt8], into ready: inout [Element]) throws(HTTPLineTooLong)
  /// What the end of the body completes.
  mutating func finish() -> Element?
}

/// Reads a streamed body, and keeps what was read ahead for the loop that comes after this one.
final class BodyReading<Parser: BodyParser>: Sendable {
  private struct State {
    var parser: Parser
    var ready: ArraySlice<Parser.Element> = []
    var failure: HTTPLineTooLong?
    var isFinished = false

    mutating func take(_ piece: [UInt8]) {
      var completed: [Parser.Element] = []
      do {
        try parser.take(piece, into: &completed)
      } catch {
        failure = failure ?? error
      }
      ready += completed
    }

    mutating func finish() {
      guard !isFinished else { return }
      isFinished = true
      if let rest = parser.finish() { ready.append(rest) }
    }

    /// What is here already; nil where a piece has to come first.
    mutating func next() -> Result<Parser.Element?, HTTPLineTooLong>? {
      if let element = ready.popFirst() {
        // Lets go of those that were taken.
        if ready.isEmpty { ready = [] }
        return .success(element)
      }
      if let failure { return .failure(failure) }
      return isFinished ? .success(nil) : nil
    }
  }

  private let state: Lock<State>

  init(_ parser: Parser) {
    state = Lock(State(parser: parser))
  }

  /// The next one; nil at the end of the body.
  ///
  /// - Throws: What the response throws, and ``HTTPLineTooLong``, which then stays.
  func next(of response: HTTPStreamedResponse) async throws -> Parser.Element? {
    while true {
      if let next = state.withLock({ $0.next() }) { return try next.get() }
      if let piece = try await response.nextPiece() {
        state.withLock { $0.take(piece) }
      } else {
        state.withLock { $0.finish() }
      }
    }
  }
}

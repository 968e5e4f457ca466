public import Waiters

extension HTTPBody {
  /// The same body, which halts after `count` bytes until the gate lets it pass.
  ///
  /// With it a test holds an upload half way, for as long as it needs to look at the service, to let it
  /// go on or to cancel it:
  ///
  /// ```swift
  /// let half = Gate("half of the upload")
  /// let upload = Task { try await http.post("/upload", .file(path).paused(at: half, afterBytes: 9_000)) }
  /// try await half.arrivals()
  /// upload.cancel()
  /// ```
  ///
  /// So many bytes are handed to the operating system before the gate is reached; on a connection they may
  /// still be on their way to the service then.
  public func paused(at gate: Gate, afterBytes count: Int) -> HTTPBody {
    let whole = self
    return reading(length: length) {
      PausingReader(source: whole.makeAsyncIterator(), gate: gate, remaining: Swift.max(0, count))
    }
  }
}

/// Cuts a body in two and waits at a gate between the halves.
private struct PausingReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let gate: Gate
  /// The bytes to go before the gate; nil once it is passed.
  var remaining: Int?
  var held: [UInt8] = []

  mutating func read() async throws -> [UInt8]? {
    guard let before = remaining else {
      guard held.isEmpty else {
        defer { held = [] }
        return held
      }
      return try await source.next()
    }
    if before > 0, let piece = try await source.next() {
      remaining = before - min(before, piece.count)
      held = Array(piece.dropFirst(before))
      return Array(piece.prefix(before))
    }
    try await gate.pass()
    remaining = nil
    return []
  }
}

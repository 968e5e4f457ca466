extension HTTPBody {
  /// The same body, which tells of each piece, of its end and of what its source throws before it hands them on.
  func observed(
    piece observe: @escaping @Sendable ([UInt8]) -> Void,
    end observeEnd: @escaping @Sendable () -> Void,
    failed observeFailure: @escaping @Sendable (any Error) -> Void
  ) -> HTTPBody {
    let whole = self
    return reading(length: length) {
      ObservedReader(
        source: whole.makeAsyncIterator(), observe: observe, observeEnd: observeEnd,
        observeFailure: observeFailure)
    }
  }
}

private struct ObservedReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let observe: @Sendable ([UInt8]) -> Void
  let observeEnd: @Sendable () -> Void
  let observeFailure: @Sendable (any Error) -> Void

  mutating func read() async throws -> [UInt8]? {
    let piece: [UInt8]?
    do {
      piece = try await source.next()
    } catch {
      observeFailure(error)
      throw error
    }
    if let piece { observe(piece) } else { observeEnd() }
    return piece
  }
}

extension HTTPBody {
  /// The same body, which tells of each piece and of its end before it hands them on.
  func observed(
    piece observe: @escaping @Sendable ([UInt8]) -> Void,
    end observeEnd: @escaping @Sendable () -> Void
  ) -> HTTPBody {
    let whole = self
    return reading(length: length) {
      ObservedReader(
        source: whole.makeAsyncIterator(), observe: observe, observeEnd: observeEnd)
    }
  }
}

private struct ObservedReader: BodyReader {
  var source: HTTPBody.AsyncIterator
  let observe: @Sendable ([UInt8]) -> Void
  let observeEnd: @Sendable () -> Void

  mutating func read() async throws -> [UInt8]? {
    guard let piece = try await source.next() else {
      observeEnd()
      return nil
    }
    observe(piece)
    return piece
  }
}

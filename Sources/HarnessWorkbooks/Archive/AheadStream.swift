import HarnessLock

/// The bytes of an entry, inflated on a thread of their own a few pieces ahead of who reads them.
final class AheadStream {
  private struct State {
    var pieces: [Piece] = []
    // Buffers that were read, to be filled again.
    var spares: [[UInt8]] = []
    var isAbandoned = false
  }

  private enum Piece {
    case bytes([UInt8], count: Int)
    case end
    case failure(WorkbookError)
  }

  private let state = Condition(State())

  // As much as lies ready: enough that neither side waits for the other at every piece.
  private static let depth = 8

  init(_ entry: ZipArchive.Entry, of archive: ZipArchive) {
    let state = state
    BackgroundThread.start(named: "harness inflate") {
      Self.inflate(entry, of: archive, into: state)
    }
  }

  deinit {
    state.withLock { $0.isAbandoned = true }
    state.wake()
  }

  private static func inflate(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, into state: Condition<State>
  ) {
    do throws(WorkbookError) {
      var stream = try EntryStream(entry, of: archive, isAhead: false)
      while var buffer = room(in: state) {
        let count = try stream.next(into: &buffer)
        put(count == 0 ? .end : .bytes(buffer, count: count), into: state)
        if count == 0 { return }
      }
    } catch {
      put(.failure(error), into: state)
    }
  }

  /// A buffer to fill, once there is room for one; nil when nobody reads any more.
  private static func room(in state: Condition<State>) -> [UInt8]? {
    state.wait { state in
      if state.isAbandoned { return .finish(nil) }
      guard state.pieces.count < depth else { return .wait(atMost: nil) }
      return .finish(
        state.spares.popLast() ?? [UInt8](repeating: 0, count: EntryStream.pieceSize))
    }
  }

  private static func put(_ piece: Piece, into state: Condition<State>) {
    state.withLock { $0.pieces.append(piece) }
    state.wake()
  }

  /// Puts the next piece into the buffer behind its first `offset` bytes, and gives its length; 0 at the end.
  ///
  /// Blocks until the piece is there: the other thread computes, and waits for nothing but room.
  func next(into buffer: inout [UInt8], from offset: Int) throws(WorkbookError) -> Int {
    let piece: Piece = state.wait { state in
      guard let first = state.pieces.first else { return .wait(atMost: nil) }
      // What comes last stays, for who asks again.
      if case .bytes = first { state.pieces.removeFirst() }
      return .finish(first)
    }
    switch piece {
    case .end: return 0
    case .failure(let error): throw error
    case .bytes(let bytes, let count):
      state.wake()
      copy(bytes.span.extracting(0..<count), into: &buffer, offset)
      state.withLock { $0.spares.append(bytes) }
      return count
    }
  }

  private func copy(_ bytes: Span<UInt8>, into buffer: inout [UInt8], _ offset: Int) {
    precondition(offset + bytes.count <= buffer.count, "a buffer has no room for a piece")
    guard !bytes.isEmpty else { return }
    // Safe: both ranges lie within their arrays, which are different.
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe buffer.withUnsafeMutableBufferPointer { target in
        unsafe (target.baseAddress! + offset).update(
          from: source.baseAddress!, count: source.count)
      }
    }
  }
}

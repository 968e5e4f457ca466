import HarnessLock
import NIOCore

/// Carries a body from whoever receives it to the one task that reads it, with room for a bounded part of it.
final class BodyPipe: Sendable {
  private let state = Lock(State())

  private struct State {
    var queue = PieceQueue()
    var reader: CheckedContinuation<Void, Never>?
    var writer: CheckedContinuation<Void, Never>?
    var onRoom: (@Sendable () -> Void)?

    mutating func takeReader() -> CheckedContinuation<Void, Never>? {
      guard queue.isReady else { return nil }
      defer { reader = nil }
      return reader
    }

    mutating func takeWriter() -> CheckedContinuation<Void, Never>? {
      defer { writer = nil }
      return writer
    }
  }

  /// Makes an empty pipe.
  init() {}

  /// Is called when there is room again, after a push that left none.
  func whenRoom(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.onRoom = action }
  }

  /// Adds a piece; false when the writer should wait for room.
  ///
  /// A piece beyond that is kept all the same.
  func push(_ piece: [UInt8]) -> Bool {
    let (reader, hasRoom) = state.withLock { state in
      state.queue.push(piece)
      return (state.takeReader(), state.queue.hasRoom)
    }
    reader?.resume()
    return hasRoom
  }

  /// Nothing follows; the reader still gets what is here.
  func finish(throwing error: (any Error)? = nil) {
    let (reader, writer) = state.withLock { state in
      state.queue.finish(error)
      return (state.takeReader(), state.takeWriter())
    }
    reader?.resume()
    writer?.resume()
  }

  /// Whether a writer may go on.
  var hasRoom: Bool { state.withLock { $0.queue.hasRoom } }

  /// The next piece; nil at the end.
  func next() async -> [UInt8]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if !state.queue.isReady { state.reader = continuation }
          return state.queue.isReady
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      finish(throwing: CancellationError())
    }
    let (piece, writer, onRoom) = state.withLock { state in
      let hadRoom = state.queue.hasRoom
      let piece = state.queue.pop()
      guard !hadRoom, state.queue.hasRoom else {
        return (piece, nil as CheckedContinuation<Void, Never>?, nil as (@Sendable () -> Void)?)
      }
      return (piece, state.takeWriter(), state.onRoom)
    }
    writer?.resume()
    onRoom?()
    return piece
  }

  /// Why the body ended too early; nil where it did not.
  var error: (any Error)? { state.withLock { $0.queue.error } }

  /// Waits until there is room, or nobody reads any more.
  func room() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        let isFree = state.queue.hasRoom || state.queue.isFinished
        if !isFree { state.writer = continuation }
        return isFree
      }
      if isFree { continuation.resume() }
    }
  }
}

/// Decides what a reader gets, and whether there is room for more.
struct PieceQueue {
  /// The bytes that may wait before a writer is asked to.
  static let room = 64 << 10

  private var pieces = CircularBuffer<[UInt8]>()
  private var count = 0
  private(set) var isFinished = false
  private(set) var error: (any Error)?

  var hasRoom: Bool { count < Self.room }
  /// Whether a reader need not wait.
  var isReady: Bool { !pieces.isEmpty || isFinished }

  mutating func push(_ piece: [UInt8]) {
    guard !isFinished, !piece.isEmpty else { return }
    pieces.append(piece)
    count += piece.count
  }

  /// The first ending stays.
  mutating func finish(_ error: (any Error)?) {
    guard !isFinished else { return }
    isFinished = true
    self.error = error
  }

  mutating func pop() -> [UInt8]? {
    guard let piece = pieces.popFirst() else { return nil }
    count -= piece.count
    return piece
  }
}
